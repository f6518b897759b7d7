<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Bars</name>
    <message>
        <source>1 file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready  ·  No evidence open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped; what was read can be looked at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The check could not be finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking: {0} %  ·  {1} of {2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing could be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} blocks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} entries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trust: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 anchor chosen by you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} anchors chosen by you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checked in {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fictional data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a hash, height, id or word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing leaves this computer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Bytes</name>
    <message>
        <source>Bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} bytes selected from offset {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>contradicts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>origin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>thing, lot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>single item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>warning raised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shapes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole picture · 1 node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole picture · {0} nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fictional demonstration data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} lines are not drawn at this zoom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provenance picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to draw yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is drawn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, no path.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 line on the path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} lines on the path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>weakest grade: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, {1}, {2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>entry {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refused by the network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stands for 1 thing or neighbour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stands for {0} things or neighbours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}. {1} from the left, {2} to the right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, on the path</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Chain</name>
    <message>
        <source>The chain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>each column is a block, its height the number of entries; hollow boxes below the line are entries the network itself refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>block {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>blocks {0} to {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} entries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} refused by the network</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChainStrip</name>
    <message>
        <source>1 block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} blocks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 does not match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} do not match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>checked up to position {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>selected: block {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chain</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Checks</name>
    <message>
        <source>Check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>n/a</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>Where</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} bytes, {1} to {2} of {3}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} places, the first is {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Root cause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follows from it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Could not be checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Good to know</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} places explain all {1} failures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One check does not match.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One cause explains all {0} failures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One check does not match, in block {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One place, block {0}, explains both failures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One place, block {0}, explains all {1} failures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing failed. One thing could not be checked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing failed. {0} things could not be checked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing failed. Some things are good to know.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was found that needs your attention.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is not written as its format demands, from here on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This part is not what its format allows in this place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Numbers, counts or times do not run on as the format demands.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This block and the one before it, as they stand in this file, do not belong together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These bytes are not the ones that were hashed. Other copies may still be as they were.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The entries of the block are not the ones it was made with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The holder of this key did not sign these bytes as they stand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing shows that this signer belongs to that organisation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fewer of the required parties signed than the rules demand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The work that the format demands for this block was not done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The result recorded here differs from the one worked out here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This ledger differs from what was recorded outside it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proof does not show what it is for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who caused it, when, or whether on purpose. A faulty disk looks the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anything about the ledger: this is our defect.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That something is wrong. Material is missing to say.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A fault. It is said so that nothing is left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command that repeats it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repeat it without us</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} places</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The place before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What this shows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is written above; alone it is no fault.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it does not show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Explain this hash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare with another copy…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy for report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings by cause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grouped by cause. The grouping is our inference from the order of blocks; each finding stands for itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is not the same as nothing being wrong: see what was not checked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>expected: what the ledger or an anchor says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>computed: worked out here from the bytes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Grades</name>
    <message>
        <source>Enforced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inferred</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contradicted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the ledger’s rules make it so</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a checked signer said so</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in the data, no signature covers it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>our rule derived it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>another record says otherwise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>link enforced by the ledger’s rules</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>link named by a record</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HashFigure</name>
    <message>
        <source>{0} more parts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of 1 byte</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>computed here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>equal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>does not match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>could not be compared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How this hash is worked out</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the signs mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worked out here, and it agrees.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worked out here, and it does not match.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Material is missing to say.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The question does not arise here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This program failed, not the ledger.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Records contradict each other; no check failed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network itself refused the entry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers of a check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verdicts, the best first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How well a fact is supported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opens exported ledgers offline, works out every hash and signature again, and traces records to their origin.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your file is opened for reading only. Nothing leaves this computer. What was not checked is listed. Every answer can be repeated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apache License 2.0. Fonts: SIL Open Font License 1.1. The sample ledgers are fictional.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Inspect</name>
    <message>
        <source>Field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} bytes at {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>entry {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Explain this signature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Explain this link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Explain this hash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Block {1} holds the hash of block {0}. Change any bit of the {2} bytes it is made of, and block {1} no longer fits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The root in block {1} is made of one leaf.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The root in block {1} is made of {0} leaves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This signature covers exactly {0} bytes, with this key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The hash of {0} bytes, read as a number, must be small.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The hash of block {1} is made of its header.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The hash of block {1} is made of {0} parts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change any bit, and the next block no longer fits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This hash is made of {0} bytes. Change any bit, and it differs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This hash is made of {1} parts, {0} bytes in all. Change any bit of them, and it differs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The block’s header, and through it all that the header names.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These {0} bytes: nobody without the key can change them unnoticed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header: making another one costs work.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every leaf, how many there are, and their order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every bit of these {0} bytes, as long as the hash stands.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether what was signed is true, and what stands outside these bytes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who made the block, and whether it is true.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who wrote it, and what no field of the header names, such as notes beside the entries.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who wrote it, and what stands outside these bytes. Whoever changes both the bytes and the hash leaves no trace here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No later block is chained to it in this evidence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 later block is chained to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} later blocks are chained to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>something it had read was changed before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a range it had read was changed before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too few of the required parties agreed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an entry with its id was there already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its id does not fit its content</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is not built as it must be</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Height</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hash or id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time UTC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>configuration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} entries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refused by the network: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>passed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>inconclusive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not applicable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>our own defect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selected bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>declared value of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>covered by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no hash or signature here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>offset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hex</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>text (UTF-8)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>number, first byte highest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>number, first byte lowest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>covered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>declared value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fields</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Claims</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The block’s own hash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep beside the panes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close (E)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What this protects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it leaves open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repeat it without us</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What rests on it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the {0} bytes as hex</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All {0} explanations of this block ▾</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} explanations for these bytes ▾</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>declared by no later block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>declared by block {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>declared in the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command that repeats it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the command (Ctrl+E)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>signed bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>key, by the SHA-256 of its public key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hashed bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>computed here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>must not be above</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>block {0} to block {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search in this ledger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the first {0} match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a height, hash, id or word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blocks and entries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Explain this hash (E)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Block {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Claims · {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>block {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as they are in the file · 1 span lit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as they are in the file · {0} spans lit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, {1} bytes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Marks</name>
    <message>
        <source>Passed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inconclusive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not applicable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Our own defect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inconsistent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anchored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attributed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused by the network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close evidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Larger (projector)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usual size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to block…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next finding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finding before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Verify</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose what you trust…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop checking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Trace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trace an item…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>T&amp;ools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the command that repeats this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the signs mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>blocks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>entries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>signatures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed checks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} keys or certificates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 entry refused by the network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} entries refused by the network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the ledger itself marks them as refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>found inside the evidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>came from the same sender</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from the party itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>published</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>origin not stated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tied to what existed outside it, up to block {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The signatures that count are by parties you named.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you chose does not cover all of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You have chosen nothing outside this file to tie it to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checked here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tied to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What to ask for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy this text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worth reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trace an item…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} answers, failed first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Known when the check has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is listed for this ledger.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happened, as far as the bytes show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No finding. See what was not checked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose what you trust…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the first finding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to block {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Problem</name>
    <message>
        <source>Check again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The check could not be finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing could be read</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Provenance</name>
    <message>
        <source>record link enforced by the ledger’s rules</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>record link named</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fact {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>something it stands on differs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recorded once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recorded {0} times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recorded again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>attempt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>filter to open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not in this evidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no entry, no signer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not everything here is signed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>signs, under an authority you named</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>signs, named by no anchor of yours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No record leads further back than {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No record leads further than {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Records lead {1} {2}, but one entry on the way does not match.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Records lead {1} {2}, but {0} entries on the way do not match.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The ledger’s own rules lead {0} {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed records lead {0} {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Records lead {0} {1}; not all of them are signed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Records and our own inference lead {0} {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Records lead {0} {1}, but others contradict them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Records lead {0} {1}; their grade is not known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>back to 1 origin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>back to {0} origins</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on to 1 destination</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on to {0} destinations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Several things are called so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is called so, but some come near.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No record in this ledger names this item.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one of the things below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Silence proves nothing either way: it may never have been recorded here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 hop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} hops</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether what was recorded is true is not computed: ask who said it, and how they knew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}. {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>weakest fact {0} · weakest link {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>made into</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>put into</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>attached to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>document about</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>enforced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>signed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>inferred</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>contradicted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>named</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Things to trace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Item: a code, a lot, a name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Holding this text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>adds the first {0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>adds 1 of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>adds {0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The path, hop by hop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What this path does not settle</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provenance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, {1} to read</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>Report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A report that another can repeat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One HTML page with all results, what was not checked, and the commands to repeat it; or JSON for machines. Every field may stay empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Case</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Examiner</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notes (your opinion)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written: {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Samples</name>
    <message>
        <source>A pear ledger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One digit changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hashes worked out anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole chain re-made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A Fabric block store. From a sold box back to two orchards.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See where it shows, and everything it does not touch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every hash agrees again. The signatures do not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything agrees. Only an outside anchor tells.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Signers</name>
    <message>
        <source>others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody signs in this ledger.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One organisation signed everything.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} organisations sign in this ledger.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} signing keys are under certificates or keys that you chose. Compare the fingerprints with what each party publishes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Role</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fingerprint (SHA-256)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificate in force</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You chose it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who did what</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose what you trust…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>entries by author and kind; the area of a dot is their number, a ring only refused ones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys and certificates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the fingerprint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signers are known when the check has ended.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Start</name>
    <message>
        <source>Drop a ledger or a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Block stores, single blocks, JSON exports. The format is recognised by its bytes, not guessed from the name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} — file is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Locate…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples to learn from (fictional data)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What does this ledger show?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open an export. Every hash and signature is computed again, here, and the answer is drawn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your file is never changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing leaves this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was not checked is listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every answer can be repeated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was opened yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} blocks</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>configuration change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} configuration changes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Trust</name>
    <message>
        <source>Where it comes from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I trust this because…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is published, and I compared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the party itself gave it to me</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it came from the sender of this file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it stands in this file (shows nothing new)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>certificate authority</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>single key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you trust</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What do you trust, and why?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificates and keys say who signed; a hash or a copy from elsewhere says what existed. An anchor is only as independent as the way it came to you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>compare each fingerprint with one from elsewhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found in this evidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From a file, a folder or another copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a copy of the ledger…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A hash that was printed or said</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Height</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hash of the block in hex</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Judge again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This evidence names no authority and no key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing yet: the best verdict is “self-consistent only”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificates, keys or a trust profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder of certificates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another copy of this ledger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} anchors added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Block {0} = {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy: {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>Does not match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Could not be determined</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Self-consistent only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed by parties you named</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anchored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Does not match, still checking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking… nothing failed so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You can already look at everything that was read. If you stop, what was checked stays, and there is no verdict.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} read, {2} answers given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing failed so far.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One check does not match; still checking.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} checks do not match; still checking.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} were read and checked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is said about the rest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped by you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One check does not match; then stopped by you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} checks do not match; then stopped by you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 history anchor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} history anchors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 certificate or key you chose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} certificates or keys you chose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>found inside the evidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from the same sender</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from the party itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>published</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>origin not stated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop and keep what is done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compared with: {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Open a ledger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a folder that holds a ledger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where is {0} now?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Height</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} (read-only) — {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>not recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} days ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the whole ledger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>block {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, entry {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
