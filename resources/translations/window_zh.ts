<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Bars</name>
    <message>
        <source>1 file</source>
        <translation>1 个文件</translation>
    </message>
    <message>
        <source>{0} files</source>
        <translation>{0} 个文件</translation>
    </message>
    <message>
        <source>Ready  ·  No evidence open</source>
        <translation>就绪  ·  未打开证据</translation>
    </message>
    <message>
        <source>Stopped; what was read can be looked at</source>
        <translation>已停止；已读取的内容可以查看</translation>
    </message>
    <message>
        <source>The check could not be finished</source>
        <translation>核验未能完成</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Checking: {0} %  ·  {1} of {2}</source>
        <translation>正在核验：{0} %  ·  {1} / {2}</translation>
    </message>
    <message>
        <source>Nothing could be read</source>
        <translation>没有任何内容可以读取</translation>
    </message>
    <message>
        <source>1 block</source>
        <translation>1 个区块</translation>
    </message>
    <message>
        <source>{0} blocks</source>
        <translation>{0} 个区块</translation>
    </message>
    <message>
        <source>Trust: {0}</source>
        <translation>信任依据：{0}</translation>
    </message>
    <message>
        <source>nothing chosen</source>
        <translation>未选定</translation>
    </message>
    <message>
        <source>1 anchor chosen by you</source>
        <translation>您选定的 1 项依据</translation>
    </message>
    <message>
        <source>{0} anchors chosen by you</source>
        <translation>您选定的 {0} 项依据</translation>
    </message>
    <message>
        <source>Checked in {0}</source>
        <translation>核验用时 {0}</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>fictional data</source>
        <translation>虚构演示数据</translation>
    </message>
    <message>
        <source>Find a hash, height, id or word</source>
        <translation>查找哈希、高度、编号或文字</translation>
    </message>
    <message>
        <source>Nothing leaves this computer</source>
        <translation>数据不离开本机</translation>
    </message>
</context>
<context>
    <name>Bytes</name>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>{0} bytes</source>
        <translation>{0} 字节</translation>
    </message>
    <message>
        <source>{0} bytes selected from offset {1}</source>
        <translation>已选中 {0} 字节，起始偏移 {1}</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>contradicts</source>
        <translation>相互矛盾</translation>
    </message>
    <message>
        <source>origin</source>
        <translation>产地</translation>
    </message>
    <message>
        <source>thing, lot</source>
        <translation>物品、批次</translation>
    </message>
    <message>
        <source>single item</source>
        <translation>单件</translation>
    </message>
    <message>
        <source>document</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>warning raised</source>
        <translation>已发出警示</translation>
    </message>
    <message>
        <source>Shapes</source>
        <translation>图形</translation>
    </message>
    <message>
        <source>Whole picture · 1 node</source>
        <translation>全图 · 1 个节点</translation>
    </message>
    <message>
        <source>Whole picture · {0} nodes</source>
        <translation>全图 · {0} 个节点</translation>
    </message>
    <message>
        <source>Fictional demonstration data</source>
        <translation>虚构演示数据</translation>
    </message>
    <message>
        <source>{0} lines are not drawn at this zoom</source>
        <translation>此缩放下有 {0} 条线未画出</translation>
    </message>
    <message>
        <source>Provenance picture</source>
        <translation>溯源图</translation>
    </message>
    <message>
        <source>Nothing to draw yet.</source>
        <translation>尚无可画的内容。</translation>
    </message>
    <message>
        <source>Nothing is drawn.</source>
        <translation>未画出任何内容。</translation>
    </message>
    <message>
        <source>1 node</source>
        <translation>1 个节点</translation>
    </message>
    <message>
        <source>{0} nodes</source>
        <translation>{0} 个节点</translation>
    </message>
    <message>
        <source>{0}, no path.</source>
        <translation>{0}，没有路径。</translation>
    </message>
    <message>
        <source>1 line on the path</source>
        <translation>路径上有 1 条线</translation>
    </message>
    <message>
        <source>{0} lines on the path</source>
        <translation>路径上有 {0} 条线</translation>
    </message>
    <message>
        <source>weakest grade: {0}</source>
        <translation>最弱等级：{0}</translation>
    </message>
    <message>
        <source>{0}, {1}, {2}.</source>
        <translation>{0}，{1}，{2}。</translation>
    </message>
    <message>
        <source>entry {0}</source>
        <translation>记录 {0}</translation>
    </message>
    <message>
        <source>refused by the network</source>
        <translation>被网络拒收</translation>
    </message>
    <message>
        <source>stands for 1 thing or neighbour</source>
        <translation>代表 1 个物品或相邻项</translation>
    </message>
    <message>
        <source>stands for {0} things or neighbours</source>
        <translation>代表 {0} 个物品或相邻项</translation>
    </message>
    <message>
        <source>{0}. {1} from the left, {2} to the right.</source>
        <translation>{0}。左侧 {1} 条，右侧 {2} 条。</translation>
    </message>
    <message>
        <source>{0}, on the path</source>
        <translation>{0}，在路径上</translation>
    </message>
    <message>
        <source>Blocks and their links</source>
        <translation>区块及其链接</translation>
    </message>
    <message>
        <source>1 block</source>
        <translation>1 个区块</translation>
    </message>
    <message>
        <source>{0} blocks</source>
        <translation>{0} 个区块</translation>
    </message>
    <message>
        <source>{0} branches beside the longest</source>
        <translation>最长链之外有 {0} 个分支</translation>
    </message>
    <message>
        <source>No blocks to draw.</source>
        <translation>没有可画的区块。</translation>
    </message>
    <message>
        <source>Block {0}</source>
        <translation>区块 {0}</translation>
    </message>
    <message>
        <source>changes the configuration</source>
        <translation>更改配置</translation>
    </message>
    <message>
        <source>not checked yet</source>
        <translation>尚未核验</translation>
    </message>
    <message>
        <source>a check of this block failed</source>
        <translation>此区块有检查不通过</translation>
    </message>
    <message>
        <source>the hash it names is not that of the block before it</source>
        <translation>其写明的哈希不是前一区块的哈希</translation>
    </message>
    <message>
        <source>the block before it is not in this export</source>
        <translation>前一区块不在此导出中</translation>
    </message>
</context>
<context>
    <name>Chain</name>
    <message>
        <source>The chain</source>
        <translation>整条链</translation>
    </message>
    <message>
        <source>each column is a block, its height the number of entries; hollow boxes below the line are entries the network itself refused</source>
        <translation>每列为一个区块，高度为记录数；基线下的空心格是网络自身拒收的记录</translation>
    </message>
    <message>
        <source>block {0}</source>
        <translation>区块 {0}</translation>
    </message>
    <message>
        <source>blocks {0} to {1}</source>
        <translation>区块 {0} 至 {1}</translation>
    </message>
    <message>
        <source>1 entry</source>
        <translation>1 条记录</translation>
    </message>
    <message>
        <source>{0} entries</source>
        <translation>{0} 条记录</translation>
    </message>
    <message>
        <source>{0} refused by the network</source>
        <translation>网络拒收 {0} 条</translation>
    </message>
</context>
<context>
    <name>ChainStrip</name>
    <message>
        <source>1 block</source>
        <translation>1 个区块</translation>
    </message>
    <message>
        <source>{0} blocks</source>
        <translation>{0} 个区块</translation>
    </message>
    <message>
        <source>1 does not match</source>
        <translation>1 个不一致</translation>
    </message>
    <message>
        <source>{0} do not match</source>
        <translation>{0} 个不一致</translation>
    </message>
    <message>
        <source>checked up to position {0}</source>
        <translation>已核验至第 {0} 个</translation>
    </message>
    <message>
        <source>selected: block {0}</source>
        <translation>已选中：区块 {0}</translation>
    </message>
    <message>
        <source>The chain</source>
        <translation>整条链</translation>
    </message>
</context>
<context>
    <name>Checks</name>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>不通过</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>未定</translation>
    </message>
    <message>
        <source>n/a</source>
        <translation>不适用</translation>
    </message>
</context>
<context>
    <name>Claim</name>
    <message>
        <source>Map of the journey</source>
        <translation>路线地图</translation>
    </message>
    <message>
        <source>No entry here has a time.</source>
        <translation>此处的记录都没有时间。</translation>
    </message>
    <message>
        <source>said to happen</source>
        <translation>所述发生时间</translation>
    </message>
    <message>
        <source>recorded</source>
        <translation>上链时间</translation>
    </message>
    <message>
        <source>Time line</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Unsupported</source>
        <translation>无支持</translation>
    </message>
    <message>
        <source>Silent</source>
        <translation>未提及</translation>
    </message>
    <message>
        <source>Hashed. No code was found in it.</source>
        <translation>已计算哈希，其中没有找到码。</translation>
    </message>
    <message>
        <source>Claim sheet (PDF)</source>
        <translation>说法核对表（PDF）</translation>
    </message>
    <message>
        <source>Claim sheet (HTML)</source>
        <translation>说法核对表（HTML）</translation>
    </message>
    <message>
        <source>Map and time line (PNG)</source>
        <translation>地图与时间线（PNG）</translation>
    </message>
    <message>
        <source>Map and time line (SVG)</source>
        <translation>地图与时间线（SVG）</translation>
    </message>
    <message>
        <source>Claim check</source>
        <translation>说法核对</translation>
    </message>
    <message>
        <source>Save sheet…</source>
        <translation>保存核对表…</translation>
    </message>
    <message>
        <source>Claims</source>
        <translation>说法</translation>
    </message>
    <message>
        <source>Back to start</source>
        <translation>返回开始页</translation>
    </message>
    <message>
        <source>Open a ledger…</source>
        <translation>打开账本…</translation>
    </message>
    <message>
        <source>Claims and what stands behind them</source>
        <translation>说法及其背后的记录</translation>
    </message>
    <message>
        <source>Copy citation</source>
        <translation>复制引文</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>What it is about</source>
        <translation>关于什么</translation>
    </message>
    <message>
        <source>Who says it</source>
        <translation>由谁所述</translation>
    </message>
    <message>
        <source>Type or paste what is claimed</source>
        <translation>键入或粘贴所述说法</translation>
    </message>
    <message>
        <source>Add claim</source>
        <translation>添加说法</translation>
    </message>
    <message>
        <source>as the records name them</source>
        <translation>按记录所提及</translation>
    </message>
    <message>
        <source>Records that do not fit together</source>
        <translation>彼此不符的记录</translation>
    </message>
    <message>
        <source>Inconsistent with one another under a rule; that does not say which is wrong, or why.</source>
        <translation>按某条规则彼此不一致；这不说明哪一条有误，也不说明原因。</translation>
    </message>
    <message>
        <source>{0} · evidence SHA-256 {1} · every line opens its entry</source>
        <translation>{0} · 证据 SHA-256 {1} · 每一行都可打开其记录</translation>
    </message>
    <message>
        <source>Paste a code, drop a photo of it, or choose a thing to trace.</source>
        <translation>请粘贴码文、拖入其照片，或选择要追溯的物品。</translation>
    </message>
    <message>
        <source>No claim was typed, and no thing was found yet.</source>
        <translation>尚未键入说法，也未找到物品。</translation>
    </message>
    <message>
        <source>Type or paste what the seller says, one claim after the other: the place, the grade, the certificate, the number of scans.</source>
        <translation>请逐项键入或粘贴销售者的说法：产地、等级、证书、扫码次数。</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>Choose photos or documents</source>
        <translation>选择照片或文件</translation>
    </message>
    <message>
        <source>Choose a list of places or a map</source>
        <translation>选择地名表或地图</translation>
    </message>
    <message>
        <source>Places (*.csv *.txt);;Maps (*.geojson *.topojson *.json)</source>
        <translation>地名表 (*.csv *.txt);;地图 (*.geojson *.topojson *.json)</translation>
    </message>
    <message>
        <source>Save the claim sheet</source>
        <translation>保存说法核对表</translation>
    </message>
    <message>
        <source>Written to {0}</source>
        <translation>已写入 {0}</translation>
    </message>
    <message>
        <source>not https</source>
        <translation>不是 https</translation>
    </message>
    <message>
        <source>letters of several scripts</source>
        <translation>混用多种文字的字母</translation>
    </message>
    <message>
        <source>coded host name (xn--)</source>
        <translation>经编码的主机名（xn--）</translation>
    </message>
    <message>
        <source>looks like the host in the records, but is another</source>
        <translation>与记录中的主机相似，但并非同一主机</translation>
    </message>
    <message>
        <source>another host than the records name</source>
        <translation>与记录所写的主机不同</translation>
    </message>
    <message>
        <source>a number instead of a host name</source>
        <translation>以数字代替主机名</translation>
    </message>
    <message>
        <source>hidden characters</source>
        <translation>含不可见字符</translation>
    </message>
    <message>
        <source>a name before the host (@)</source>
        <translation>主机之前另有名称（@）</translation>
    </message>
    <message>
        <source>unusual port</source>
        <translation>非常用端口</translation>
    </message>
    <message>
        <source>short link: hides where it leads</source>
        <translation>短链接：不显示指向何处</translation>
    </message>
    <message>
        <source>not a readable address</source>
        <translation>无法读取的地址</translation>
    </message>
    <message>
        <source>address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>GS1 Digital Link</source>
        <translation>GS1 数字链接</translation>
    </message>
    <message>
        <source>GS1 element string</source>
        <translation>GS1 单元数据串</translation>
    </message>
    <message>
        <source>EPC</source>
        <translation>EPC 编码</translation>
    </message>
    <message>
        <source>plain text</source>
        <translation>普通文本</translation>
    </message>
    <message>
        <source>Paste a code, an address or an id</source>
        <translation>粘贴码文、地址或编号</translation>
    </message>
    <message>
        <source>Look it up</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Photo or document…</source>
        <translation>照片或文件…</translation>
    </message>
    <message>
        <source>host: {0}</source>
        <translation>主机：{0}</translation>
    </message>
    <message>
        <source>not a right GS1 code: a digit does not fit</source>
        <translation>GS1 编码有误：数字不符</translation>
    </message>
    <message>
        <source>Compare a document…</source>
        <translation>比对文件…</translation>
    </message>
    <message>
        <source>Drop a photo, a report or a saved page anywhere on the window: it is hashed here, never changed.</source>
        <translation>可将照片、报告或保存的网页拖到窗口任意处：在本机计算哈希，绝不改动。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Open entry</source>
        <translation>打开记录</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>全部复制</translation>
    </message>
    <message>
        <source>As table</source>
        <translation>以表格显示</translation>
    </message>
    <message>
        <source>As picture</source>
        <translation>以图显示</translation>
    </message>
    <message>
        <source>Places or map…</source>
        <translation>地名表或地图…</translation>
    </message>
    <message>
        <source>Show the whole journey</source>
        <translation>显示全程</translation>
    </message>
    <message>
        <source>Nearer</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Farther</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Not placed, no coordinates in the data: {0}</source>
        <translation>未标出，数据中没有坐标：{0}</translation>
    </message>
    <message>
        <source>No record here gives coordinates.</source>
        <translation>此处的记录都没有坐标。</translation>
    </message>
    <message>
        <source>Coast only, no borders. The way between places is inferred.</source>
        <translation>仅有海岸线，没有边界。地点之间的路线为推断。</translation>
    </message>
    <message>
        <source>slope = delay between event and record</source>
        <translation>斜度 = 发生与记录之间的延迟</translation>
    </message>
</context>
<context>
    <name>Copy</name>
    <message>
        <source>Copy as JSON</source>
        <translation>复制为 JSON</translation>
    </message>
    <message>
        <source>Copy as CSV</source>
        <translation>复制为 CSV</translation>
    </message>
    <message>
        <source>Copy as citation</source>
        <translation>复制为引文</translation>
    </message>
    <message>
        <source>Copy bytes as hex</source>
        <translation>以十六进制复制字节</translation>
    </message>
    <message>
        <source>Copy bytes as base64</source>
        <translation>以 base64 复制字节</translation>
    </message>
    <message>
        <source>bytes {0}–{1}</source>
        <translation>字节 {0}–{1}</translation>
    </message>
</context>
<context>
    <name>Coverage</name>
    <message>
        <source>hash and signature</source>
        <translation>哈希和签名</translation>
    </message>
    <message>
        <source>hash only</source>
        <translation>仅哈希</translation>
    </message>
    <message>
        <source>signature only</source>
        <translation>仅签名</translation>
    </message>
    <message>
        <source>replay only</source>
        <translation>仅重放</translation>
    </message>
    <message>
        <source>framing only</source>
        <translation>仅分帧</translation>
    </message>
    <message>
        <source>no check</source>
        <translation>没有检查</translation>
    </message>
    <message>
        <source>{0} of {1} bytes</source>
        <translation>{1} 字节中的 {0}</translation>
    </message>
    <message>
        <source>Bytes protected</source>
        <translation>受保护的字节</translation>
    </message>
</context>
<context>
    <name>Fields</name>
    <message>
        <source>administrator</source>
        <translation>管理员</translation>
    </message>
    <message>
        <source>author</source>
        <translation>作者</translation>
    </message>
    <message>
        <source>block</source>
        <translation>区块</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>commit hash</source>
        <translation>提交哈希</translation>
    </message>
    <message>
        <source>count</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>creator</source>
        <translation>发起者</translation>
    </message>
    <message>
        <source>data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>data hash</source>
        <translation>数据哈希</translation>
    </message>
    <message>
        <source>encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>endorsement</source>
        <translation>背书</translation>
    </message>
    <message>
        <source>endorsements</source>
        <translation>背书</translation>
    </message>
    <message>
        <source>endorser</source>
        <translation>背书者</translation>
    </message>
    <message>
        <source>entries</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>entries root</source>
        <translation>记录树根</translation>
    </message>
    <message>
        <source>entry</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>hash</source>
        <translation>哈希</translation>
    </message>
    <message>
        <source>header</source>
        <translation>区块头</translation>
    </message>
    <message>
        <source>header of the block before</source>
        <translation>前一区块的区块头</translation>
    </message>
    <message>
        <source>height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>last configuration</source>
        <translation>最近配置</translation>
    </message>
    <message>
        <source>leaf</source>
        <translation>叶子</translation>
    </message>
    <message>
        <source>line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>metadata</source>
        <translation>元数据</translation>
    </message>
    <message>
        <source>number</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>orderer</source>
        <translation>排序节点</translation>
    </message>
    <message>
        <source>orderer signatures</source>
        <translation>排序节点签名</translation>
    </message>
    <message>
        <source>payload</source>
        <translation>载荷</translation>
    </message>
    <message>
        <source>previous hash</source>
        <translation>前一区块哈希</translation>
    </message>
    <message>
        <source>producer</source>
        <translation>出块方</translation>
    </message>
    <message>
        <source>proposal</source>
        <translation>提案</translation>
    </message>
    <message>
        <source>reads</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>signature</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>signatures</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>signed bytes</source>
        <translation>被签名的字节</translation>
    </message>
    <message>
        <source>time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>transaction</source>
        <translation>交易</translation>
    </message>
    <message>
        <source>transaction number</source>
        <translation>交易编号</translation>
    </message>
    <message>
        <source>validation flags</source>
        <translation>验证标志</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>writes</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>attestation</source>
        <translation>证言</translation>
    </message>
    <message>
        <source>digest</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>hash function</source>
        <translation>哈希函数</translation>
    </message>
    <message>
        <source>index</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>later root</source>
        <translation>较晚的根</translation>
    </message>
    <message>
        <source>leaves</source>
        <translation>叶子</translation>
    </message>
    <message>
        <source>lock time</source>
        <translation>锁定时间</translation>
    </message>
    <message>
        <source>Merkle root</source>
        <translation>默克尔根</translation>
    </message>
    <message>
        <source>node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>nonce</source>
        <translation>随机数</translation>
    </message>
    <message>
        <source>output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>proof</source>
        <translation>证明</translation>
    </message>
    <message>
        <source>root</source>
        <translation>根</translation>
    </message>
    <message>
        <source>script</source>
        <translation>脚本</translation>
    </message>
    <message>
        <source>sequence</source>
        <translation>序列号</translation>
    </message>
    <message>
        <source>size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>spent output</source>
        <translation>被花费的输出</translation>
    </message>
    <message>
        <source>spent transaction</source>
        <translation>被花费的交易</translation>
    </message>
    <message>
        <source>start of the path</source>
        <translation>路径起点</translation>
    </message>
    <message>
        <source>target</source>
        <translation>目标值</translation>
    </message>
    <message>
        <source>transactions</source>
        <translation>交易</translation>
    </message>
    <message>
        <source>witness item</source>
        <translation>见证项</translation>
    </message>
    <message>
        <source>witness marker</source>
        <translation>见证标记</translation>
    </message>
</context>
<context>
    <name>Filters</name>
    <message>
        <source>Keep this filter</source>
        <translation>保留此筛选</translation>
    </message>
    <message>
        <source>History ▾</source>
        <translation>历史 ▾</translation>
    </message>
    <message>
        <source>Take this filter away</source>
        <translation>移除此筛选</translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>{0} bytes, {1} to {2} of {3}</source>
        <translation>{3} 的第 {1} 至 {2} 字节，共 {0} 字节</translation>
    </message>
    <message>
        <source>Reason code</source>
        <translation>原因代码</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>expected: {0}</source>
        <translation>应为：{0}</translation>
    </message>
    <message>
        <source>computed: {0}</source>
        <translation>算得：{0}</translation>
    </message>
    <message>
        <source>{0} places, the first is {1}</source>
        <translation>{0} 处，首处为{1}</translation>
    </message>
    <message>
        <source>Root cause</source>
        <translation>根本原因</translation>
    </message>
    <message>
        <source>Follows from it</source>
        <translation>由此引起</translation>
    </message>
    <message>
        <source>Could not be checked</source>
        <translation>无法核验</translation>
    </message>
    <message>
        <source>Good to know</source>
        <translation>供参考</translation>
    </message>
    <message>
        <source>{0}, from byte {1}</source>
        <translation>{0}，自第 {1} 字节起</translation>
    </message>
    <message>
        <source>{0} places explain all {1} failures.</source>
        <translation>{0} 处可解释全部 {1} 项不一致。</translation>
    </message>
    <message>
        <source>One check does not match.</source>
        <translation>有一项检查不一致。</translation>
    </message>
    <message>
        <source>One cause explains all {0} failures.</source>
        <translation>一个原因可解释全部 {0} 项不一致。</translation>
    </message>
    <message>
        <source>One check does not match, in block {0}.</source>
        <translation>有一项检查不一致，位于区块 {0}。</translation>
    </message>
    <message>
        <source>One place, block {0}, explains both failures.</source>
        <translation>一处（区块 {0}）可解释两项不一致。</translation>
    </message>
    <message>
        <source>One place, block {0}, explains all {1} failures.</source>
        <translation>一处（区块 {0}）可解释全部 {1} 项不一致。</translation>
    </message>
    <message>
        <source>Nothing failed. One thing could not be checked.</source>
        <translation>没有一项不通过；有一项无法核验。</translation>
    </message>
    <message>
        <source>Nothing failed. {0} things could not be checked.</source>
        <translation>没有一项不通过；有 {0} 项无法核验。</translation>
    </message>
    <message>
        <source>Nothing failed. Some things are good to know.</source>
        <translation>没有一项不通过；有些内容可供参考。</translation>
    </message>
    <message>
        <source>Nothing was found that needs your attention.</source>
        <translation>没有发现需要注意的内容。</translation>
    </message>
    <message>
        <source>The file is not written as its format demands, from here on.</source>
        <translation>从此处起，文件不是按其格式要求书写。</translation>
    </message>
    <message>
        <source>This part is not what its format allows in this place.</source>
        <translation>此部分不是其格式在此处所允许的内容。</translation>
    </message>
    <message>
        <source>Numbers, counts or times do not run on as the format demands.</source>
        <translation>编号、计数或时间没有按格式要求延续。</translation>
    </message>
    <message>
        <source>This block and the one before it, as they stand in this file, do not belong together.</source>
        <translation>此文件中的该区块与前一区块不相承接。</translation>
    </message>
    <message>
        <source>These bytes are not the ones that were hashed. Other copies may still be as they were.</source>
        <translation>这些字节不是当初计算哈希的字节；其他副本可能仍保持原样。</translation>
    </message>
    <message>
        <source>The entries of the block are not the ones it was made with.</source>
        <translation>该区块的记录不是当初制作时的记录。</translation>
    </message>
    <message>
        <source>The holder of this key did not sign these bytes as they stand.</source>
        <translation>此密钥的持有者没有对现有的这些字节签名。</translation>
    </message>
    <message>
        <source>Nothing shows that this signer belongs to that organisation.</source>
        <translation>没有内容表明该签名者属于那个机构。</translation>
    </message>
    <message>
        <source>Fewer of the required parties signed than the rules demand.</source>
        <translation>签名的应签各方少于规则要求。</translation>
    </message>
    <message>
        <source>The work that the format demands for this block was not done.</source>
        <translation>没有完成格式对该区块所要求的工作量。</translation>
    </message>
    <message>
        <source>The result recorded here differs from the one worked out here.</source>
        <translation>此处记载的结果与本机算得的结果不同。</translation>
    </message>
    <message>
        <source>This ledger differs from what was recorded outside it.</source>
        <translation>此账本与账本之外的记录不同。</translation>
    </message>
    <message>
        <source>The proof does not show what it is for.</source>
        <translation>该证明不能说明其所要说明的内容。</translation>
    </message>
    <message>
        <source>Who caused it, when, or whether on purpose. A faulty disk looks the same.</source>
        <translation>由谁造成、何时造成或是否有意。磁盘故障看起来也是这样。</translation>
    </message>
    <message>
        <source>Anything about the ledger: this is our defect.</source>
        <translation>关于账本的任何内容：这是本程序的缺陷。</translation>
    </message>
    <message>
        <source>That something is wrong. Material is missing to say.</source>
        <translation>有何不对；缺少作出判断的材料。</translation>
    </message>
    <message>
        <source>A fault. It is said so that nothing is left out.</source>
        <translation>有缺陷；列出只是为了不遗漏。</translation>
    </message>
    <message>
        <source>Command that repeats it</source>
        <translation>重复核验的命令</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Repeat it without us</source>
        <translation>不靠本软件复核</translation>
    </message>
    <message>
        <source>{0} of {1} places</source>
        <translation>第 {0} 处，共 {1} 处</translation>
    </message>
    <message>
        <source>The place before</source>
        <translation>上一处</translation>
    </message>
    <message>
        <source>The next place</source>
        <translation>下一处</translation>
    </message>
    <message>
        <source>What this shows</source>
        <translation>这说明什么</translation>
    </message>
    <message>
        <source>What is written above; alone it is no fault.</source>
        <translation>如上所述；单凭这一点不算缺陷。</translation>
    </message>
    <message>
        <source>What it does not show</source>
        <translation>这不说明什么</translation>
    </message>
    <message>
        <source>Show the bytes</source>
        <translation>显示字节</translation>
    </message>
    <message>
        <source>Explain this hash</source>
        <translation>这个哈希怎么算</translation>
    </message>
    <message>
        <source>Compare with another copy…</source>
        <translation>与另一副本比对…</translation>
    </message>
    <message>
        <source>Copy for report</source>
        <translation>复制到报告</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>生成报告…</translation>
    </message>
    <message>
        <source>Findings by cause</source>
        <translation>按原因排列的发现</translation>
    </message>
    <message>
        <source>No check failed, but records do not fit together.</source>
        <translation>没有检查不通过，但有记录彼此不符。</translation>
    </message>
    <message>
        <source>Besides, records do not fit together in one place. That says nothing about the file, and does not change the verdict.</source>
        <translation>此外，有一处记录彼此不符。这与文件本身无关，也不改变核验结论。</translation>
    </message>
    <message>
        <source>Besides, records do not fit together in {0} places. That says nothing about the file, and does not change the verdict.</source>
        <translation>此外，有 {0} 处记录彼此不符。这与文件本身无关，也不改变核验结论。</translation>
    </message>
    <message>
        <source>Grouped by cause. The grouping is our inference from the order of blocks; each finding stands for itself.</source>
        <translation>按原因归组。归组是本软件根据区块顺序作出的推断；每项发现各自成立。</translation>
    </message>
    <message>
        <source>That is not the same as nothing being wrong; see what was not checked.</source>
        <translation>这不等于没有问题；请看未核验的内容。</translation>
    </message>
    <message>
        <source>expected: what the ledger or an anchor says</source>
        <translation>应为：账本或依据所述</translation>
    </message>
    <message>
        <source>computed: worked out here from the bytes</source>
        <translation>算得：由字节在本机计算</translation>
    </message>
</context>
<context>
    <name>Grades</name>
    <message>
        <source>Enforced</source>
        <translation>规则强制</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>签名证明</translation>
    </message>
    <message>
        <source>Stated</source>
        <translation>仅有陈述</translation>
    </message>
    <message>
        <source>Inferred</source>
        <translation>推断</translation>
    </message>
    <message>
        <source>Contradicted</source>
        <translation>相互矛盾</translation>
    </message>
    <message>
        <source>the ledger’s rules make it so</source>
        <translation>账本规则使其必然</translation>
    </message>
    <message>
        <source>a checked signer said so</source>
        <translation>经验签的签名者所述</translation>
    </message>
    <message>
        <source>in the data, no signature covers it</source>
        <translation>数据中写明，无签名覆盖</translation>
    </message>
    <message>
        <source>our rule derived it</source>
        <translation>由本软件规则推出</translation>
    </message>
    <message>
        <source>another record says otherwise</source>
        <translation>另有记录与之不符</translation>
    </message>
    <message>
        <source>link enforced by the ledger’s rules</source>
        <translation>链接由账本规则强制</translation>
    </message>
    <message>
        <source>link named by a record</source>
        <translation>链接由记录写明</translation>
    </message>
</context>
<context>
    <name>HashFigure</name>
    <message>
        <source>{0} more parts</source>
        <translation>另有 {0} 部分</translation>
    </message>
    <message>
        <source>{0} bytes</source>
        <translation>{0} 字节</translation>
    </message>
    <message>
        <source>{0} of 1 byte</source>
        <translation>1 字节的 {0}</translation>
    </message>
    <message>
        <source>{0} of {1} bytes</source>
        <translation>{1} 字节的 {0}</translation>
    </message>
    <message>
        <source>computed here</source>
        <translation>本机算得</translation>
    </message>
    <message>
        <source>equal</source>
        <translation>一致</translation>
    </message>
    <message>
        <source>does not match</source>
        <translation>不一致</translation>
    </message>
    <message>
        <source>could not be compared</source>
        <translation>无法比对</translation>
    </message>
    <message>
        <source>not recorded</source>
        <translation>未记录</translation>
    </message>
    <message>
        <source>How this hash is worked out</source>
        <translation>这个哈希的计算方法</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>What the signs mean</source>
        <translation>图例说明</translation>
    </message>
    <message>
        <source>Worked out here, and it agrees.</source>
        <translation>在本机计算，结果一致。</translation>
    </message>
    <message>
        <source>Worked out here, and it does not match.</source>
        <translation>在本机计算，结果不一致。</translation>
    </message>
    <message>
        <source>Material is missing to say.</source>
        <translation>缺少作出判断的材料。</translation>
    </message>
    <message>
        <source>The question does not arise here.</source>
        <translation>此处不存在这个问题。</translation>
    </message>
    <message>
        <source>This program failed, not the ledger.</source>
        <translation>出错的是本程序，不是账本。</translation>
    </message>
    <message>
        <source>Records contradict each other; no check failed.</source>
        <translation>记录相互矛盾；没有检查不通过。</translation>
    </message>
    <message>
        <source>The network itself refused the entry.</source>
        <translation>网络自身拒收了该记录。</translation>
    </message>
    <message>
        <source>Answers of a check</source>
        <translation>检查的结果</translation>
    </message>
    <message>
        <source>Verdicts, the best first</source>
        <translation>结论，由高到低</translation>
    </message>
    <message>
        <source>How well a fact is supported</source>
        <translation>事实的支持程度</translation>
    </message>
    <message>
        <source>Opens exported ledgers offline, works out every hash and signature again, and traces records to their origin.</source>
        <translation>离线打开导出的账本，重新计算每个哈希和签名，并将记录追溯到来源。</translation>
    </message>
    <message>
        <source>Your file is opened for reading only. Nothing leaves this computer. What was not checked is listed. Every answer can be repeated.</source>
        <translation>文件仅以只读方式打开。数据不离开本机。未核验的内容均予列出。每个结果都可以重复。</translation>
    </message>
    <message>
        <source>Apache License 2.0. Fonts: SIL Open Font License 1.1. The sample ledgers are fictional.</source>
        <translation>Apache License 2.0 许可。字体：SIL Open Font License 1.1。示例账本均为虚构。</translation>
    </message>
</context>
<context>
    <name>Inspect</name>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>{0} bytes</source>
        <translation>{0} 字节</translation>
    </message>
    <message>
        <source>{0} bytes at {1}</source>
        <translation>{0} 字节，位于 {1}</translation>
    </message>
    <message>
        <source>entry {0}</source>
        <translation>记录 {0}</translation>
    </message>
    <message>
        <source>block</source>
        <translation>区块</translation>
    </message>
    <message>
        <source>Explain this signature</source>
        <translation>这个签名怎么验</translation>
    </message>
    <message>
        <source>Explain this link</source>
        <translation>这个链接怎么算</translation>
    </message>
    <message>
        <source>Explain this hash</source>
        <translation>这个哈希怎么算</translation>
    </message>
    <message>
        <source>Block {1} holds the hash of block {0}. Change any bit of the {2} bytes it is made of, and block {1} no longer fits.</source>
        <translation>区块 {1} 写有区块 {0} 的哈希。改变其所含 {2} 字节中的任何一位，区块 {1} 就不再相符。</translation>
    </message>
    <message>
        <source>The root in block {1} is made of one leaf.</source>
        <translation>区块 {1} 中的根由一个叶节点算出。</translation>
    </message>
    <message>
        <source>The root in block {1} is made of {0} leaves.</source>
        <translation>区块 {1} 中的根由 {0} 个叶节点算出。</translation>
    </message>
    <message>
        <source>Each step puts bytes beside the value and hashes both; the last value must be the root.</source>
        <translation>每一步都在值旁添上字节再求哈希；最后得到的值必须等于根。</translation>
    </message>
    <message>
        <source>This signature covers exactly {0} bytes, with this key.</source>
        <translation>此签名以此密钥恰好覆盖 {0} 字节。</translation>
    </message>
    <message>
        <source>The hash of {0} bytes, read as a number, must be small.</source>
        <translation>{0} 字节的哈希作为数值必须足够小。</translation>
    </message>
    <message>
        <source>The hash of block {1} is made of its header.</source>
        <translation>区块 {1} 的哈希由其区块头算出。</translation>
    </message>
    <message>
        <source>The hash of block {1} is made of {0} parts.</source>
        <translation>区块 {1} 的哈希由 {0} 部分算出。</translation>
    </message>
    <message>
        <source>Change any bit, and the next block no longer fits.</source>
        <translation>改变任何一位，下一区块就不再相符。</translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation>{0}{1}</translation>
    </message>
    <message>
        <source>This hash is made of {0} bytes. Change any bit, and it differs.</source>
        <translation>此哈希由 {0} 字节算出；改变任何一位，哈希就不同。</translation>
    </message>
    <message>
        <source>This hash is made of {1} parts, {0} bytes in all. Change any bit of them, and it differs.</source>
        <translation>此哈希由 {1} 部分、共 {0} 字节算出；改变任何一位，哈希就不同。</translation>
    </message>
    <message>
        <source>The block’s header, and through it all that the header names.</source>
        <translation>区块头，以及区块头所写明的全部内容。</translation>
    </message>
    <message>
        <source>These {0} bytes: nobody without the key can change them unnoticed.</source>
        <translation>这 {0} 字节：没有密钥的人无法改动而不被察觉。</translation>
    </message>
    <message>
        <source>The header: making another one costs work.</source>
        <translation>区块头：另造一个需要工作量。</translation>
    </message>
    <message>
        <source>Every leaf, how many there are, and their order.</source>
        <translation>每个叶节点、其数量和顺序。</translation>
    </message>
    <message>
        <source>Every bit of these {0} bytes, as long as the hash stands.</source>
        <translation>只要哈希不变，这 {0} 字节的每一位。</translation>
    </message>
    <message>
        <source>Whether what was signed is true, and what stands outside these bytes.</source>
        <translation>所签内容是否属实，以及这些字节之外的内容。</translation>
    </message>
    <message>
        <source>Who made the block, and whether it is true.</source>
        <translation>区块由谁制作，内容是否属实。</translation>
    </message>
    <message>
        <source>Who wrote it, and what no field of the header names, such as notes beside the entries.</source>
        <translation>由谁书写，以及区块头各字段未写明的内容，如记录旁的备注。</translation>
    </message>
    <message>
        <source>Who wrote it, and what stands outside these bytes. Whoever changes both the bytes and the hash leaves no trace here.</source>
        <translation>由谁书写，以及这些字节之外的内容。若字节与哈希一并更改，此处不留痕迹。</translation>
    </message>
    <message>
        <source>No later block is chained to it in this evidence.</source>
        <translation>此证据中没有后续区块链接于它。</translation>
    </message>
    <message>
        <source>1 later block is chained to it.</source>
        <translation>之后有 1 个区块链接于它。</translation>
    </message>
    <message>
        <source>{0} later blocks are chained to it.</source>
        <translation>之后有 {0} 个区块链接于它。</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Numbers count from 0.</source>
        <translation>序号从 0 开始。</translation>
    </message>
    <message>
        <source>something it had read was changed before</source>
        <translation>其读取的内容此前已被更改</translation>
    </message>
    <message>
        <source>a range it had read was changed before</source>
        <translation>其读取的范围此前已被更改</translation>
    </message>
    <message>
        <source>too few of the required parties agreed</source>
        <translation>同意的应签各方不足</translation>
    </message>
    <message>
        <source>an entry with its id was there already</source>
        <translation>已有相同编号的记录</translation>
    </message>
    <message>
        <source>its id does not fit its content</source>
        <translation>编号与内容不符</translation>
    </message>
    <message>
        <source>it is not built as it must be</source>
        <translation>构造不符合要求</translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation>{0}（{1}）</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Hash or id</source>
        <translation>哈希 / 编号</translation>
    </message>
    <message>
        <source>Time UTC</source>
        <translation>时间 UTC</translation>
    </message>
    <message>
        <source>configuration</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>1 entry</source>
        <translation>1 条记录</translation>
    </message>
    <message>
        <source>{0} entries</source>
        <translation>{0} 条记录</translation>
    </message>
    <message>
        <source>refused by the network: {0}</source>
        <translation>被网络拒收：{0}</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>不通过</translation>
    </message>
    <message>
        <source>inconclusive</source>
        <translation>无法核验</translation>
    </message>
    <message>
        <source>not applicable</source>
        <translation>不适用</translation>
    </message>
    <message>
        <source>our own defect</source>
        <translation>程序缺陷</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>{0} rows</source>
        <translation>{0} 行</translation>
    </message>
    <message>
        <source>{0} of {1} rows</source>
        <translation>{0} / {1} 行</translation>
    </message>
    <message>
        <source>Selected bytes</source>
        <translation>选中的字节</translation>
    </message>
    <message>
        <source>selected</source>
        <translation>选中</translation>
    </message>
    <message>
        <source>declared value of</source>
        <translation>声明值，属于</translation>
    </message>
    <message>
        <source>covered by</source>
        <translation>受谁保护</translation>
    </message>
    <message>
        <source>no hash or signature here</source>
        <translation>此处没有哈希或签名</translation>
    </message>
    <message>
        <source>offset</source>
        <translation>偏移</translation>
    </message>
    <message>
        <source>hex</source>
        <translation>十六进制</translation>
    </message>
    <message>
        <source>text (UTF-8)</source>
        <translation>文字（UTF-8）</translation>
    </message>
    <message>
        <source>number</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>number, first byte highest</source>
        <translation>数值（首字节最高）</translation>
    </message>
    <message>
        <source>number, first byte lowest</source>
        <translation>数值（首字节最低）</translation>
    </message>
    <message>
        <source>covered</source>
        <translation>被覆盖</translation>
    </message>
    <message>
        <source>declared value</source>
        <translation>声明值</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Claims</source>
        <translation>检查项</translation>
    </message>
    <message>
        <source>The block’s own hash</source>
        <translation>区块自身的哈希</translation>
    </message>
    <message>
        <source>No hash or signature is known for what is selected.</source>
        <translation>所选内容没有已知的哈希或签名。</translation>
    </message>
    <message>
        <source>Keep beside the panes</source>
        <translation>固定在窗格旁</translation>
    </message>
    <message>
        <source>Close (E)</source>
        <translation>关闭 (E)</translation>
    </message>
    <message>
        <source>What this protects</source>
        <translation>它保护什么</translation>
    </message>
    <message>
        <source>What it leaves open</source>
        <translation>它不保护什么</translation>
    </message>
    <message>
        <source>Repeat it without us</source>
        <translation>不靠本软件复核</translation>
    </message>
    <message>
        <source>What rests on it</source>
        <translation>有什么依赖于它</translation>
    </message>
    <message>
        <source>Copy the {0} bytes as hex</source>
        <translation>复制这 {0} 字节（十六进制）</translation>
    </message>
    <message>
        <source>All {0} explanations of this block ▾</source>
        <translation>此区块的全部 {0} 项说明 ▾</translation>
    </message>
    <message>
        <source>{0} explanations for these bytes ▾</source>
        <translation>这些字节的 {0} 项说明 ▾</translation>
    </message>
    <message>
        <source>declared by no later block</source>
        <translation>没有后续区块声明</translation>
    </message>
    <message>
        <source>declared by block {0}</source>
        <translation>由区块 {0} 声明</translation>
    </message>
    <message>
        <source>declared in the file</source>
        <translation>文件中声明</translation>
    </message>
    <message>
        <source>Command that repeats it</source>
        <translation>重复核验的命令</translation>
    </message>
    <message>
        <source>Copy the command (Ctrl+E)</source>
        <translation>复制命令 (Ctrl+E)</translation>
    </message>
    <message>
        <source>signature</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>signed bytes</source>
        <translation>被签名的字节</translation>
    </message>
    <message>
        <source>key, by the SHA-256 of its public key</source>
        <translation>密钥（以其公钥的 SHA-256 表示）</translation>
    </message>
    <message>
        <source>hashed bytes</source>
        <translation>计算哈希的字节</translation>
    </message>
    <message>
        <source>computed here</source>
        <translation>本机算得</translation>
    </message>
    <message>
        <source>must not be above</source>
        <translation>不得高于</translation>
    </message>
    <message>
        <source>block {0} to block {1}</source>
        <translation>区块 {0} 至区块 {1}</translation>
    </message>
    <message>
        <source>Search in this ledger</source>
        <translation>在此账本中查找</translation>
    </message>
    <message>
        <source>Only matches</source>
        <translation>只看符合的</translation>
    </message>
    <message>
        <source>Character {0}: {1}</source>
        <translation>第 {0} 个字符：{1}</translation>
    </message>
    <message>
        <source>nothing matches</source>
        <translation>没有符合的</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>the first {0} match</source>
        <translation>前 {0} 条符合</translation>
    </message>
    <message>
        <source>1 match</source>
        <translation>1 条符合</translation>
    </message>
    <message>
        <source>{0} match</source>
        <translation>{0} 条符合</translation>
    </message>
    <message>
        <source>Find a height, hash, id or word, or filter: signer == …</source>
        <translation>查找高度、哈希、编号或文字，或筛选：signer == …</translation>
    </message>
    <message>
        <source>Show only {0}</source>
        <translation>只显示 {0}</translation>
    </message>
    <message>
        <source>Blocks and entries</source>
        <translation>区块与记录</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>检视</translation>
    </message>
    <message>
        <source>Block graph</source>
        <translation>区块图</translation>
    </message>
    <message>
        <source>Time line</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Explain this hash (E)</source>
        <translation>这个哈希怎么算 (E)</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>条目</translation>
    </message>
    <message>
        <source>{0} · refused by the network: {1}</source>
        <translation>{0} · 被网络拒收：{1}</translation>
    </message>
    <message>
        <source>Block {0}</source>
        <translation>区块 {0}</translation>
    </message>
    <message>
        <source>Claims · {0}</source>
        <translation>检查项 · {0}</translation>
    </message>
    <message>
        <source>as they are in the file · 1 span lit</source>
        <translation>文件原样 · 点亮 1 段</translation>
    </message>
    <message>
        <source>as they are in the file · {0} spans lit</source>
        <translation>文件原样 · 点亮 {0} 段</translation>
    </message>
    <message>
        <source>{0}, {1} bytes</source>
        <translation>{0}，{1} 字节</translation>
    </message>
</context>
<context>
    <name>Mapper</name>
    <message>
        <source>Lot, item or code</source>
        <translation>批次、物品或编码</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Unit of the amount</source>
        <translation>数量单位</translation>
    </message>
    <message>
        <source>Time of the event</source>
        <translation>事件时间</translation>
    </message>
    <message>
        <source>Step (harvest, ship…)</source>
        <translation>环节（采摘、发货……）</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Handed over by</source>
        <translation>交出方</translation>
    </message>
    <message>
        <source>Handed over to</source>
        <translation>接收方</translation>
    </message>
    <message>
        <source>Made from (lot)</source>
        <translation>原料批次</translation>
    </message>
    <message>
        <source>Document number</source>
        <translation>单据号</translation>
    </message>
    <message>
        <source>Rows of one event</source>
        <translation>同一事件的行</translation>
    </message>
    <message>
        <source>Time UTC</source>
        <translation>时间（UTC）</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>环节</translation>
    </message>
    <message>
        <source>Things</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>{0} → {1}</source>
        <translation>{0} → {1}</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>What is in the cell</source>
        <translation>单元格内容</translation>
    </message>
    <message>
        <source>Why it needs a look</source>
        <translation>需查看的原因</translation>
    </message>
    <message>
        <source>the day and month cannot be told apart</source>
        <translation>日与月无法区分</translation>
    </message>
    <message>
        <source>no offset: read as UTC</source>
        <translation>无时区偏移：按 UTC 读取</translation>
    </message>
    <message>
        <source>no time that can be read</source>
        <translation>不是可读的时间</translation>
    </message>
    <message>
        <source>a comma may mean two things</source>
        <translation>逗号可有两种含义</translation>
    </message>
    <message>
        <source>no number</source>
        <translation>不是数字</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>several values where one is allowed</source>
        <translation>只允许一个值，却有多个</translation>
    </message>
    <message>
        <source>No event comes of it yet: choose the column of lots.</source>
        <translation>尚未得出事件：请选择批次所在的列。</translation>
    </message>
    <message>
        <source>1 event comes of this table.</source>
        <translation>此表得出 1 个事件。</translation>
    </message>
    <message>
        <source>{0} events come of this table.</source>
        <translation>此表得出 {0} 个事件。</translation>
    </message>
    <message>
        <source>1 cell needs a look; nothing was guessed.</source>
        <translation>有 1 个单元格需查看；未作任何猜测。</translation>
    </message>
    <message>
        <source>{0} cells need a look; nothing was guessed.</source>
        <translation>有 {0} 个单元格需查看；未作任何猜测。</translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation>{0}{1}</translation>
    </message>
    <message>
        <source>the first {0} of {1}</source>
        <translation>前 {0} 个，共 {1} 个</translation>
    </message>
    <message>
        <source>Map columns to fields</source>
        <translation>列与字段对应</translation>
    </message>
    <message>
        <source>Which column is what?</source>
        <translation>各列分别是什么？</translation>
    </message>
    <message>
        <source>{0}. A mapping says only how the table is read; it never makes a record better than it is.</source>
        <translation>{0}。对应关系只说明如何读取表格，不会使记录更可信。</translation>
    </message>
    <message>
        <source>Worksheet</source>
        <translation>工作表</translation>
    </message>
    <message>
        <source>Unit, if no column says it</source>
        <translation>单位（无此列时）</translation>
    </message>
    <message>
        <source>Offset of times without one</source>
        <translation>无偏移时间的时区</translation>
    </message>
    <message>
        <source>Name of the profile</source>
        <translation>配置名称</translation>
    </message>
    <message>
        <source>The first events</source>
        <translation>最前的事件</translation>
    </message>
    <message>
        <source>Cells to look at</source>
        <translation>需查看的单元格</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Save profile…</source>
        <translation>保存配置…</translation>
    </message>
    <message>
        <source>Read the table with it</source>
        <translation>用它读取此表</translation>
    </message>
    <message>
        <source>the only table</source>
        <translation>唯一的表</translation>
    </message>
    <message>
        <source>– no column –</source>
        <translation>– 无此列 –</translation>
    </message>
    <message>
        <source>Save the profile</source>
        <translation>保存配置</translation>
    </message>
    <message>
        <source>That is the table itself; choose another name.</source>
        <translation>这是表格本身，请另选名称。</translation>
    </message>
    <message>
        <source>Written: {0}. Use it with --profile.</source>
        <translation>已写入：{0}。可用 --profile 使用。</translation>
    </message>
</context>
<context>
    <name>Marks</name>
    <message>
        <source>Passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>不通过</translation>
    </message>
    <message>
        <source>Inconclusive</source>
        <translation>无法核验</translation>
    </message>
    <message>
        <source>Not applicable</source>
        <translation>不适用</translation>
    </message>
    <message>
        <source>Our own defect</source>
        <translation>程序缺陷</translation>
    </message>
    <message>
        <source>Inconsistent</source>
        <translation>不一致</translation>
    </message>
    <message>
        <source>Anchored</source>
        <translation>与外部依据一致</translation>
    </message>
    <message>
        <source>Attributed</source>
        <translation>由指定各方签名</translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Refused by the network</source>
        <translation>被网络拒收</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>核验中</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Close evidence</source>
        <translation>关闭证据</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>生成报告…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Find…</source>
        <translation>查找…</translation>
    </message>
    <message>
        <source>Add a note…</source>
        <translation>添加备注…</translation>
    </message>
    <message>
        <source>Notes and bookmarks…</source>
        <translation>备注与书签…</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Larger (projector)</source>
        <translation>放大（投影）</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Usual size</source>
        <translation>原始大小</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>转到(&amp;G)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>前进</translation>
    </message>
    <message>
        <source>Command palette…</source>
        <translation>命令面板…</translation>
    </message>
    <message>
        <source>Go to block…</source>
        <translation>转到区块…</translation>
    </message>
    <message>
        <source>Next finding</source>
        <translation>下一项发现</translation>
    </message>
    <message>
        <source>Finding before</source>
        <translation>上一项发现</translation>
    </message>
    <message>
        <source>&amp;Verify</source>
        <translation>核验(&amp;V)</translation>
    </message>
    <message>
        <source>Choose what you trust…</source>
        <translation>选择信任依据…</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重新核验</translation>
    </message>
    <message>
        <source>Stop checking</source>
        <translation>停止核验</translation>
    </message>
    <message>
        <source>&amp;Trace</source>
        <translation>溯源(&amp;T)</translation>
    </message>
    <message>
        <source>Trace an item…</source>
        <translation>追溯一件…</translation>
    </message>
    <message>
        <source>Check a claim…</source>
        <translation>核对说法…</translation>
    </message>
    <message>
        <source>T&amp;ools</source>
        <translation>工具(&amp;O)</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Copy the command that repeats this</source>
        <translation>复制可重复此核验的命令</translation>
    </message>
    <message>
        <source>Map columns of a table…</source>
        <translation>表格列对应…</translation>
    </message>
    <message>
        <source>Reconcile with a list…</source>
        <translation>与清单对账…</translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation>窗口(&amp;W)</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>What the signs mean</source>
        <translation>图例说明</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
</context>
<context>
    <name>Notes</name>
    <message>
        <source>marked</source>
        <translation>已标记</translation>
    </message>
    <message>
        <source>Add a note</source>
        <translation>添加备注</translation>
    </message>
    <message>
        <source>Your opinion: kept beside the evidence, never in it, and printed in reports as a note of the examiner. Without a text the place is only marked.</source>
        <translation>您的意见：保存在证据之外，不写入证据；在报告中作为核验人备注列出。不填文字则只作标记。</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Tags, with commas between</source>
        <translation>标签，以逗号分隔</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Notes and bookmarks</source>
        <translation>备注与书签</translation>
    </message>
    <message>
        <source>Your notes are opinions, not findings</source>
        <translation>备注是您的意见，不是核验发现</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>写于</translation>
    </message>
    <message>
        <source>Nothing is noted on this evidence.</source>
        <translation>此证据没有备注。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>blocks</source>
        <translation>区块</translation>
    </message>
    <message>
        <source>signatures</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>failed checks</source>
        <translation>项不通过</translation>
    </message>
    <message>
        <source>{0} more anchors</source>
        <translation>另有 {0} 项依据</translation>
    </message>
    <message>
        <source>{0} keys or certificates</source>
        <translation>{0} 个密钥或证书</translation>
    </message>
    <message>
        <source>{0} more sign</source>
        <translation>另有 {0} 方签名</translation>
    </message>
    <message>
        <source>This file changed while it was read.</source>
        <translation>此文件在读取期间发生了变化。</translation>
    </message>
    <message>
        <source>1 entry refused by the network</source>
        <translation>网络拒收 1 条记录</translation>
    </message>
    <message>
        <source>{0} entries refused by the network</source>
        <translation>网络拒收 {0} 条记录</translation>
    </message>
    <message>
        <source>the ledger itself marks them as refused</source>
        <translation>账本自身将其标为拒收</translation>
    </message>
    <message>
        <source>found inside the evidence</source>
        <translation>在证据中找到</translation>
    </message>
    <message>
        <source>came from the same sender</source>
        <translation>来自同一发送者</translation>
    </message>
    <message>
        <source>from the party itself</source>
        <translation>来自当事方自身</translation>
    </message>
    <message>
        <source>published</source>
        <translation>公开发布</translation>
    </message>
    <message>
        <source>origin not stated</source>
        <translation>来源未说明</translation>
    </message>
    <message>
        <source>Tied to what existed outside it, up to block {0}.</source>
        <translation>与账本之外已有的内容相连，至区块 {0}。</translation>
    </message>
    <message>
        <source>The signatures that count are by parties you named.</source>
        <translation>计入的签名均由您指定的各方作出。</translation>
    </message>
    <message>
        <source>What you chose does not cover all of it.</source>
        <translation>您选定的依据没有覆盖全部内容。</translation>
    </message>
    <message>
        <source>You have chosen nothing outside this file to tie it to.</source>
        <translation>您尚未选定此文件之外的任何依据。</translation>
    </message>
    <message>
        <source>1 thing is good to know</source>
        <translation>1 项供参考</translation>
    </message>
    <message>
        <source>{0} things are good to know</source>
        <translation>{0} 项供参考</translation>
    </message>
    <message>
        <source>no fault of the ledger by themselves</source>
        <translation>其本身不是账本的缺陷</translation>
    </message>
    <message>
        <source>Checked here</source>
        <translation>已在本机核验</translation>
    </message>
    <message>
        <source>All {0}</source>
        <translation>全部 {0} 项</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>未核验</translation>
    </message>
    <message>
        <source>Tied to</source>
        <translation>依据与签名者</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Signed by</source>
        <translation>签名者</translation>
    </message>
    <message>
        <source>What to ask for</source>
        <translation>应向对方索取</translation>
    </message>
    <message>
        <source>Copy this text</source>
        <translation>复制这段文字</translation>
    </message>
    <message>
        <source>Worth reading</source>
        <translation>值得一看</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>Trace an item…</source>
        <translation>追溯一件…</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>生成报告…</translation>
    </message>
    <message>
        <source>{0} answers, failed first</source>
        <translation>共 {0} 项结果，不通过的在前</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Known when the check has ended.</source>
        <translation>核验结束后可知。</translation>
    </message>
    <message>
        <source>Nothing was found so far.</source>
        <translation>目前没有发现。</translation>
    </message>
    <message>
        <source>Nothing is listed for this ledger.</source>
        <translation>此账本无列出项。</translation>
    </message>
    <message>
        <source>No signer is named in this evidence.</source>
        <translation>此证据中未列出签名方。</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>经过</translation>
    </message>
    <message>
        <source>As far as the bytes show: {0}</source>
        <translation>就字节所示：{0}</translation>
    </message>
    <message>
        <source>No finding. See what was not checked.</source>
        <translation>没有发现。请看未核验的内容。</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>总览</translation>
    </message>
    <message>
        <source>Choose what you trust…</source>
        <translation>选择信任依据…</translation>
    </message>
    <message>
        <source>Go to the first finding</source>
        <translation>转到首项发现</translation>
    </message>
    <message>
        <source>Go to block {0}</source>
        <translation>转到区块 {0}</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>要做什么？</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>No command fits.</source>
        <translation>没有符合的命令。</translation>
    </message>
</context>
<context>
    <name>Problem</name>
    <message>
        <source>Check again</source>
        <translation>重新核验</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>复制诊断信息</translation>
    </message>
    <message>
        <source>The check could not be finished</source>
        <translation>核验未能完成</translation>
    </message>
    <message>
        <source>Nothing could be read</source>
        <translation>没有任何内容可以读取</translation>
    </message>
    <message>
        <source>This version reads: {0}.</source>
        <translation>此版本可读取：{0}。</translation>
    </message>
</context>
<context>
    <name>Provenance</name>
    <message>
        <source>record link enforced by the ledger’s rules</source>
        <translation>记录链接由账本规则强制</translation>
    </message>
    <message>
        <source>record link named</source>
        <translation>记录链接由记录写明</translation>
    </message>
    <message>
        <source>fact {0}</source>
        <translation>事实：{0}</translation>
    </message>
    <message>
        <source>something it stands on differs</source>
        <translation>其所依据的内容不一致</translation>
    </message>
    <message>
        <source>recorded once</source>
        <translation>记录一次</translation>
    </message>
    <message>
        <source>recorded {0} times</source>
        <translation>记录 {0} 次</translation>
    </message>
    <message>
        <source>recorded again</source>
        <translation>再次记录</translation>
    </message>
    <message>
        <source>attempt</source>
        <translation>尝试</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>被拒收</translation>
    </message>
    <message>
        <source>filter to open</source>
        <translation>筛选后展开</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Not in this evidence</source>
        <translation>不在此证据中</translation>
    </message>
    <message>
        <source>no entry, no signer</source>
        <translation>没有记录，没有签名者</translation>
    </message>
    <message>
        <source>not everything here is signed</source>
        <translation>此处并非全部有签名</translation>
    </message>
    <message>
        <source>signs, under an authority you named</source>
        <translation>签名，受您指定的机构担保</translation>
    </message>
    <message>
        <source>signs, named by no anchor of yours</source>
        <translation>签名，您的依据未覆盖</translation>
    </message>
    <message>
        <source>This item</source>
        <translation>此物品</translation>
    </message>
    <message>
        <source>this item</source>
        <translation>此物品</translation>
    </message>
    <message>
        <source>No record leads further back than {0}.</source>
        <translation>没有记录可追溯到 {0} 之前。</translation>
    </message>
    <message>
        <source>No record leads further than {0}.</source>
        <translation>没有记录可追踪到 {0} 之后。</translation>
    </message>
    <message>
        <source>Records lead {1} {2}, but one entry on the way does not match.</source>
        <translation>记录从 {1} 通向{2}，但途中有一条记录不一致。</translation>
    </message>
    <message>
        <source>Records lead {1} {2}, but {0} entries on the way do not match.</source>
        <translation>记录从 {1} 通向{2}，但途中有 {0} 条记录不一致。</translation>
    </message>
    <message>
        <source>The ledger’s own rules lead {0} {1}.</source>
        <translation>账本自身规则将 {0} 连到{1}。</translation>
    </message>
    <message>
        <source>Signed records lead {0} {1}.</source>
        <translation>已签名的记录将 {0} 连到{1}。</translation>
    </message>
    <message>
        <source>Records lead {0} {1}; not all of them are signed.</source>
        <translation>记录将 {0} 连到{1}；并非全部有签名。</translation>
    </message>
    <message>
        <source>Records and our own inference lead {0} {1}.</source>
        <translation>记录与本软件的推断将 {0} 连到{1}。</translation>
    </message>
    <message>
        <source>Records lead {0} {1}, but others contradict them.</source>
        <translation>记录将 {0} 连到{1}，但另有记录与之矛盾。</translation>
    </message>
    <message>
        <source>Records lead {0} {1}; their grade is not known.</source>
        <translation>记录将 {0} 连到{1}；其等级未知。</translation>
    </message>
    <message>
        <source>back to 1 origin</source>
        <translation> 1 个来源</translation>
    </message>
    <message>
        <source>back to {0} origins</source>
        <translation> {0} 个来源</translation>
    </message>
    <message>
        <source>on to 1 destination</source>
        <translation> 1 个去向</translation>
    </message>
    <message>
        <source>on to {0} destinations</source>
        <translation> {0} 个去向</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>Several things are called so.</source>
        <translation>有多个物品叫这个名称。</translation>
    </message>
    <message>
        <source>Nothing is called so, but some come near.</source>
        <translation>没有叫这个名称的，但有相近的。</translation>
    </message>
    <message>
        <source>No record in this ledger names this item.</source>
        <translation>此账本中没有记录提到该物品。</translation>
    </message>
    <message>
        <source>Choose one of the things below.</source>
        <translation>请从下面选择一个。</translation>
    </message>
    <message>
        <source>Silence proves nothing either way: it may never have been recorded here.</source>
        <translation>没有记载不能证明什么：可能从未在此记录。</translation>
    </message>
    <message>
        <source>1 hop</source>
        <translation>1 个环节</translation>
    </message>
    <message>
        <source>{0} hops</source>
        <translation>{0} 个环节</translation>
    </message>
    <message>
        <source>Whether what was recorded is true is not computed: ask who said it, and how they knew.</source>
        <translation>所记内容是否属实不作计算：请问由谁陈述、如何得知。</translation>
    </message>
    <message>
        <source>{0}. {1}</source>
        <translation>{0}。{1}</translation>
    </message>
    <message>
        <source>entry {0}:{1}, accepted</source>
        <translation>记录 {0}:{1}，已接受</translation>
    </message>
    <message>
        <source>in block {0}, hash equal</source>
        <translation>在区块 {0} 中，哈希一致</translation>
    </message>
    <message>
        <source>the blocks beside it fit</source>
        <translation>相邻区块相接</translation>
    </message>
    <message>
        <source>its author’s signature holds</source>
        <translation>其作者的签名成立</translation>
    </message>
    <message>
        <source>the ledger’s rules accept it</source>
        <translation>账本规则接受</translation>
    </message>
    <message>
        <source>under an authority you named</source>
        <translation>受您指定的机构担保</translation>
    </message>
    <message>
        <source>tied to your history anchor</source>
        <translation>与您的历史依据相连</translation>
    </message>
    <message>
        <source>weakest: fact {0}, link {1}</source>
        <translation>最弱：事实{0}，链接{1}</translation>
    </message>
    <message>
        <source>made into</source>
        <translation>制成</translation>
    </message>
    <message>
        <source>put into</source>
        <translation>放入</translation>
    </message>
    <message>
        <source>attached to</source>
        <translation>附于</translation>
    </message>
    <message>
        <source>document about</source>
        <translation>文件，关于</translation>
    </message>
    <message>
        <source>enforced</source>
        <translation>规则强制</translation>
    </message>
    <message>
        <source>signed</source>
        <translation>签名证明</translation>
    </message>
    <message>
        <source>stated</source>
        <translation>仅有陈述</translation>
    </message>
    <message>
        <source>inferred</source>
        <translation>推断</translation>
    </message>
    <message>
        <source>contradicted</source>
        <translation>相互矛盾</translation>
    </message>
    <message>
        <source>named</source>
        <translation>写明</translation>
    </message>
    <message>
        <source>Things to trace</source>
        <translation>可追溯的物品</translation>
    </message>
    <message>
        <source>Item: a code, a lot, a name</source>
        <translation>物品：代码、批次、名称</translation>
    </message>
    <message>
        <source>Holding this text</source>
        <translation>包含此文字</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>adds the first {0} of {1}</source>
        <translation>添加 {1} 个中的前 {0} 个</translation>
    </message>
    <message>
        <source>adds 1 of {1}</source>
        <translation>添加 {1} 个中的 1 个</translation>
    </message>
    <message>
        <source>adds {0} of {1}</source>
        <translation>添加 {1} 个中的 {0} 个</translation>
    </message>
    <message>
        <source>Back to origin</source>
        <translation>追溯来源</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>追踪去向</translation>
    </message>
    <message>
        <source>Walk the path (P)</source>
        <translation>沿路径播放 (P)</translation>
    </message>
    <message>
        <source>Show everything (0)</source>
        <translation>显示全部 (0)</translation>
    </message>
    <message>
        <source>Check a claim</source>
        <translation>核对说法</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Tracing…</source>
        <translation>正在追溯…</translation>
    </message>
    <message>
        <source>Lanes: party</source>
        <translation>泳道：各方</translation>
    </message>
    <message>
        <source>Lanes: kind</source>
        <translation>泳道：类型</translation>
    </message>
    <message>
        <source>No lanes</source>
        <translation>无泳道</translation>
    </message>
    <message>
        <source>shape = kind · line = grade of the fact</source>
        <translation>图形 = 类型 · 线型 = 事实的等级</translation>
    </message>
    <message>
        <source>The path, hop by hop</source>
        <translation>路径，逐个环节</translation>
    </message>
    <message>
        <source>Open entry</source>
        <translation>打开记录</translation>
    </message>
    <message>
        <source>Export path…</source>
        <translation>导出路径…</translation>
    </message>
    <message>
        <source>Evidence for hop {0}</source>
        <translation>环节 {0} 的证据</translation>
    </message>
    <message>
        <source>What this path does not settle</source>
        <translation>此路径未能说明的内容</translation>
    </message>
    <message>
        <source>Graphviz graph (DOT)</source>
        <translation>Graphviz 图 (DOT)</translation>
    </message>
    <message>
        <source>GraphML</source>
        <translation>GraphML</translation>
    </message>
    <message>
        <source>W3C PROV (PROV-JSON)</source>
        <translation>W3C PROV (PROV-JSON)</translation>
    </message>
    <message>
        <source>Picture (PNG)</source>
        <translation>图片 (PNG)</translation>
    </message>
    <message>
        <source>Drawing (SVG)</source>
        <translation>矢量图 (SVG)</translation>
    </message>
    <message>
        <source>fictional demonstration data</source>
        <translation>虚构演示数据</translation>
    </message>
    <message>
        <source>entries {0}</source>
        <translation>记录 {0}</translation>
    </message>
    <message>
        <source>Provenance</source>
        <translation>溯源</translation>
    </message>
    <message>
        <source>What do you want to trace?</source>
        <translation>要追溯什么？</translation>
    </message>
    <message>
        <source>The ledger is still being checked.</source>
        <translation>账本仍在核验中。</translation>
    </message>
    <message>
        <source>Type a code, or choose a thing below. The trace runs on the whole ledger.</source>
        <translation>输入代码，或从下面选择。追溯在整个账本上进行。</translation>
    </message>
    <message>
        <source>Things that records here speak of</source>
        <translation>此处记录提到的物品</translation>
    </message>
    <message>
        <source>No record in this ledger speaks of things, so far.</source>
        <translation>目前此账本没有记录提到物品。</translation>
    </message>
    <message>
        <source>No record here was understood as speaking of things. A mapping profile can say which fields name them; for a table see the menu Tools.</source>
        <translation>此处没有记录被理解为关于物品。对应配置可指明哪些字段是物品；表格请见“工具”菜单。</translation>
    </message>
    <message>
        <source>Open the entry</source>
        <translation>打开该记录</translation>
    </message>
    <message>
        <source>Trace back from here</source>
        <translation>从此处追溯来源</translation>
    </message>
    <message>
        <source>Trace forward from here</source>
        <translation>从此处追踪去向</translation>
    </message>
    <message>
        <source>Show what is around it</source>
        <translation>显示其周围</translation>
    </message>
    <message>
        <source>{0} things stand here</source>
        <translation>此处有 {0} 个物品</translation>
    </message>
    <message>
        <source>{0} things are around {1}</source>
        <translation>{1} 周围有 {0} 个物品</translation>
    </message>
    <message>
        <source>Export path</source>
        <translation>导出路径</translation>
    </message>
    <message>
        <source>Written to {0}</source>
        <translation>已写入 {0}</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>总览</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>检视</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>Provenance</source>
        <translation>溯源</translation>
    </message>
    <message>
        <source>Claim</source>
        <translation>说法核对</translation>
    </message>
    <message>
        <source>Signers</source>
        <translation>签名者</translation>
    </message>
    <message>
        <source>Teach</source>
        <translation>教学</translation>
    </message>
    <message>
        <source>{0}, {1} to read</source>
        <translation>{0}，{1} 项待看</translation>
    </message>
</context>
<context>
    <name>Reconcile</name>
    <message>
        <source>matched</source>
        <translation>一致</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>不同</translation>
    </message>
    <message>
        <source>only in the list</source>
        <translation>仅在清单中</translation>
    </message>
    <message>
        <source>only in the ledger</source>
        <translation>仅在账本中</translation>
    </message>
    <message>
        <source>One line differs from the ledger.</source>
        <translation>有一行与账本不同。</translation>
    </message>
    <message>
        <source>{0} lines differ from the ledger.</source>
        <translation>有 {0} 行与账本不同。</translation>
    </message>
    <message>
        <source>Nothing differs; one line stands on one side only.</source>
        <translation>没有不同之处；有一行只在一方。</translation>
    </message>
    <message>
        <source>Nothing differs; {0} lines stand on one side only.</source>
        <translation>没有不同之处；有 {0} 行只在一方。</translation>
    </message>
    <message>
        <source>Every line of the list agrees with the ledger.</source>
        <translation>清单每一行都与账本一致。</translation>
    </message>
    <message>
        <source>It compares two accounts. Where they agree, both may have one source; where they differ, it does not say which is right.</source>
        <translation>这里比较的是两份记载。一致时，二者可能同出一源；不同时，不说明哪一方正确。</translation>
    </message>
    <message>
        <source>The list</source>
        <translation>清单</translation>
    </message>
    <message>
        <source>The ledger</source>
        <translation>账本</translation>
    </message>
    <message>
        <source>1 line</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>{0} lines</source>
        <translation>{0} 行</translation>
    </message>
    <message>
        <source>1 thing</source>
        <translation>1 件物品</translation>
    </message>
    <message>
        <source>{0} things</source>
        <translation>{0} 件物品</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Thing</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>In the list</source>
        <translation>清单中</translation>
    </message>
    <message>
        <source>In the ledger</source>
        <translation>账本中</translation>
    </message>
    <message>
        <source>How it differs</source>
        <translation>不同之处</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>条目</translation>
    </message>
    <message>
        <source>{0} more lines stand in the export</source>
        <translation>另有 {0} 行，见导出文件</translation>
    </message>
    <message>
        <source>no amount</source>
        <translation>无数量</translation>
    </message>
    <message>
        <source>amount</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>{0}: {1} in the list, {2} in the ledger</source>
        <translation>{0}：清单为 {1}，账本为 {2}</translation>
    </message>
    <message>
        <source>Reconcile with a list</source>
        <translation>与清单对账</translation>
    </message>
    <message>
        <source>Does a party’s own list agree with the ledger?</source>
        <translation>一方自己的清单与账本是否一致？</translation>
    </message>
    <message>
        <source>Choose the list…</source>
        <translation>选择清单…</translation>
    </message>
    <message>
        <source>Columns…</source>
        <translation>列对应…</translation>
    </message>
    <message>
        <source>Profile file…</source>
        <translation>配置文件…</translation>
    </message>
    <message>
        <source>Days apart</source>
        <translation>相差天数</translation>
    </message>
    <message>
        <source>Per cent apart</source>
        <translation>相差百分比</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Lines compared</source>
        <translation>已比较的行</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>no list chosen</source>
        <translation>未选清单</translation>
    </message>
    <message>
        <source>columns by a shipped profile, if one fits</source>
        <translation>列按自带配置（如适用）</translation>
    </message>
    <message>
        <source>columns by {0}</source>
        <translation>列按 {0}</translation>
    </message>
    <message>
        <source>Choose the list</source>
        <translation>选择清单</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt *.xlsx)</source>
        <translation>表格 (*.csv *.tsv *.txt *.xlsx)</translation>
    </message>
    <message>
        <source>Choose a mapping profile</source>
        <translation>选择对应配置</translation>
    </message>
    <message>
        <source>Days and per cent must be numbers.</source>
        <translation>天数和百分比必须是数字。</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>正在比较…</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Export the comparison</source>
        <translation>导出对账结果</translation>
    </message>
    <message>
        <source>{0} rows written, SHA-256 {1}</source>
        <translation>已写入 {0} 行，SHA-256 {1}</translation>
    </message>
</context>
<context>
    <name>Records</name>
    <message>
        <source>found {0} times</source>
        <translation>发现 {0} 次</translation>
    </message>
    <message>
        <source>cannot be judged once: a field is missing</source>
        <translation>有 1 次无法判断：缺少字段</translation>
    </message>
    <message>
        <source>cannot be judged {0} times: a field is missing</source>
        <translation>有 {0} 次无法判断：缺少字段</translation>
    </message>
    <message>
        <source>All rules and their settings</source>
        <translation>全部规则及其设置</translation>
    </message>
    <message>
        <source>{0} rules, {1} found nothing</source>
        <translation>{0} 条规则，{1} 条未发现</translation>
    </message>
    <message>
        <source>Records that do not fit together · {0}</source>
        <translation>彼此不符的记录 · {0}</translation>
    </message>
    <message>
        <source>Rules that lacked a field · {0}</source>
        <translation>缺少字段的规则 · {0}</translation>
    </message>
    <message>
        <source>Rules about records</source>
        <translation>关于记录的规则</translation>
    </message>
    <message>
        <source>{0} and {1} more</source>
        <translation>{0} 等，另有 {1} 个</translation>
    </message>
    <message>
        <source> and {0} more</source>
        <translation>，另有 {0} 个</translation>
    </message>
    <message>
        <source>Go to the entry</source>
        <translation>前往条目</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Events in their files</source>
        <translation>事件在文件中的位置</translation>
    </message>
    <message>
        <source>Settings used</source>
        <translation>所用设置</translation>
    </message>
    <message>
        <source>Reason code</source>
        <translation>原因代码</translation>
    </message>
    <message>
        <source>The one before</source>
        <translation>上一个</translation>
    </message>
    <message>
        <source>The next one</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>另有 {0} 个</translation>
    </message>
    <message>
        <source>What this shows</source>
        <translation>这说明什么</translation>
    </message>
    <message>
        <source>The records, as they stand, do not fit one another under this rule. It does not change the verdict on the file.</source>
        <translation>就现有内容而言，这些记录按此规则彼此不符。这不改变对文件的结论。</translation>
    </message>
    <message>
        <source>What it does not show</source>
        <translation>这不说明什么</translation>
    </message>
    <message>
        <source>Which record is wrong, why, or whether on purpose. A slip of the pen looks the same.</source>
        <translation>哪条记录有误、原因何在、是否有意。笔误看起来也一样。</translation>
    </message>
    <message>
        <source>Trace the item</source>
        <translation>追溯此物品</translation>
    </message>
    <message>
        <source>Check a claim about it</source>
        <translation>核对关于它的说法</translation>
    </message>
    <message>
        <source>Copy for report</source>
        <translation>复制到报告</translation>
    </message>
    <message>
        <source>Where a field is missing, the rule says nothing: neither that records fit nor that they do not.</source>
        <translation>缺少字段时，规则不作判断：既不说记录相符，也不说不符。</translation>
    </message>
    <message>
        <source>What each rule found, how often it could be applied, and the tolerances it used. They stand in every report.</source>
        <translation>每条规则的发现、适用次数和所用容差。每份报告都会列出。</translation>
    </message>
    <message>
        <source>{0} ({1} times)</source>
        <translation>{0}（{1} 次）</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>Applied</source>
        <translation>适用</translation>
    </message>
    <message>
        <source>Cannot be judged</source>
        <translation>无法判断</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>A report that another can repeat</source>
        <translation>他人可以重复的报告</translation>
    </message>
    <message>
        <source>One HTML page with all results, what was not checked, and the commands to repeat it; or JSON for machines. Every field may stay empty.</source>
        <translation>一个 HTML 页面，含全部结果、未核验的内容和重复核验的命令；或供机器读取的 JSON。各项均可留空。</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>正在写入…</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>案件编号</translation>
    </message>
    <message>
        <source>Examiner</source>
        <translation>核验人</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>机构</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>目的</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>期间</translation>
    </message>
    <message>
        <source>Notes (your opinion)</source>
        <translation>备注（您的意见）</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>Written: {0}</source>
        <translation>已写入：{0}</translation>
    </message>
</context>
<context>
    <name>Samples</name>
    <message>
        <source>A pear ledger</source>
        <translation>一份梨的账本</translation>
    </message>
    <message>
        <source>One digit changed</source>
        <translation>改动一个数字</translation>
    </message>
    <message>
        <source>Hashes worked out anew</source>
        <translation>重算哈希</translation>
    </message>
    <message>
        <source>The whole chain re-made</source>
        <translation>整条链重做</translation>
    </message>
    <message>
        <source>A Fabric block store. From a sold box back to two orchards.</source>
        <translation>Fabric 区块存储。从售出的一箱追溯到两个果园。</translation>
    </message>
    <message>
        <source>See where it shows, and everything it does not touch.</source>
        <translation>看它在哪里显现，以及没有触及的一切。</translation>
    </message>
    <message>
        <source>Every hash agrees again. The signatures do not.</source>
        <translation>每个哈希又都一致，签名却不一致。</translation>
    </message>
    <message>
        <source>Everything agrees. Only an outside anchor tells.</source>
        <translation>一切都一致；只有外部依据能分辨。</translation>
    </message>
</context>
<context>
    <name>Signers</name>
    <message>
        <source>others</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>not recorded</source>
        <translation>未记录</translation>
    </message>
    <message>
        <source>no certificate</source>
        <translation>没有证书</translation>
    </message>
    <message>
        <source>No signer is named in this evidence.</source>
        <translation>此证据中未列出签名方。</translation>
    </message>
    <message>
        <source>One organisation signed everything.</source>
        <translation>全部由一个机构签名。</translation>
    </message>
    <message>
        <source>{0} organisations sign in this ledger.</source>
        <translation>{0} 个机构在此账本中签名。</translation>
    </message>
    <message>
        <source>{0} of {1} signing keys are under certificates or keys that you chose. Compare the fingerprints with what each party publishes.</source>
        <translation>{1} 个签名密钥中有 {0} 个受您选定的证书或密钥覆盖。请将指纹与各方公布的比对。</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>机构</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Fingerprint (SHA-256)</source>
        <translation>指纹（SHA-256）</translation>
    </message>
    <message>
        <source>Certificate in force</source>
        <translation>证书有效期</translation>
    </message>
    <message>
        <source>You chose it</source>
        <translation>由您选定</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>Who did what</source>
        <translation>谁做了什么</translation>
    </message>
    <message>
        <source>{0} refused</source>
        <translation>{0} 条拒收</translation>
    </message>
    <message>
        <source>Signers</source>
        <translation>签名者</translation>
    </message>
    <message>
        <source>Choose what you trust…</source>
        <translation>选择信任依据…</translation>
    </message>
    <message>
        <source>entries by author and kind; the area of a dot is their number, a ring means only refused ones</source>
        <translation>按作者和类型统计的记录；圆点面积为数量，圆环表示全被拒收</translation>
    </message>
    <message>
        <source>Keys and certificates</source>
        <translation>密钥与证书</translation>
    </message>
    <message>
        <source>Copy the fingerprint</source>
        <translation>复制指纹</translation>
    </message>
    <message>
        <source>Signers are known when the check has ended.</source>
        <translation>核验结束后可知签名者。</translation>
    </message>
</context>
<context>
    <name>Start</name>
    <message>
        <source>Drop a ledger, a folder or a photo</source>
        <translation>拖入账本、文件夹或照片</translation>
    </message>
    <message>
        <source>Block stores, single blocks, JSON exports: recognised by their bytes. A photo of a code or a document begins a claim check.</source>
        <translation>区块存储、单个区块、JSON 导出：按字节识别格式。拖入码的照片或文件即开始说法核对。</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Check a claim…</source>
        <translation>核对说法…</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>{0} — file is missing</source>
        <translation>{0} — 文件缺失</translation>
    </message>
    <message>
        <source>Locate…</source>
        <translation>查找…</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Samples to learn from (fictional data)</source>
        <translation>供学习的示例（虚构演示数据）</translation>
    </message>
    <message>
        <source>What does this ledger show?</source>
        <translation>这个账本能说明什么？</translation>
    </message>
    <message>
        <source>Open an export. Every hash and signature is computed again, here, and the answer is drawn.</source>
        <translation>打开一份导出。每个哈希和签名都在本机重新计算，结果以图呈现。</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Your file is never changed</source>
        <translation>文件绝不改动</translation>
    </message>
    <message>
        <source>Nothing leaves this computer</source>
        <translation>数据不离开本机</translation>
    </message>
    <message>
        <source>What was not checked is listed</source>
        <translation>未核验的均予列出</translation>
    </message>
    <message>
        <source>Every answer can be repeated</source>
        <translation>每个结果都可重复</translation>
    </message>
    <message>
        <source>Nothing was opened yet.</source>
        <translation>尚未打开过。</translation>
    </message>
    <message>
        <source>1 block</source>
        <translation>1 个区块</translation>
    </message>
    <message>
        <source>{0} blocks</source>
        <translation>{0} 个区块</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>configuration change</source>
        <translation>配置变更</translation>
    </message>
    <message>
        <source>{0} configuration changes</source>
        <translation>{0} 次配置变更</translation>
    </message>
</context>
<context>
    <name>Teach</name>
    <message>
        <source>Block {0}</source>
        <translation>区块 {0}</translation>
    </message>
    <message>
        <source>previous hash</source>
        <translation>前一哈希值</translation>
    </message>
    <message>
        <source>root of the entries now</source>
        <translation>记录现在的树根</translation>
    </message>
    <message>
        <source>stored hash</source>
        <translation>写明的哈希值</translation>
    </message>
    <message>
        <source>computed hash</source>
        <translation>算出的哈希值</translation>
    </message>
    <message>
        <source>record {0}</source>
        <translation>记录 {0}</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>相符</translation>
    </message>
    <message>
        <source>Does not match</source>
        <translation>不相符</translation>
    </message>
    <message>
        <source>Could not be checked</source>
        <translation>无法核验</translation>
    </message>
    <message>
        <source>Fits its neighbour, but rests on nothing</source>
        <translation>与相邻区块相符，但无所依托</translation>
    </message>
    <message>
        <source>Block {0}: {1}</source>
        <translation>区块 {0}：{1}</translation>
    </message>
    <message>
        <source>Entry {0} of block {1}: {3} hashes lead to the root over {2} entries, {4}.</source>
        <translation>区块 {1} 的记录 {0}：{3} 个哈希值通向 {2} 条记录的树根 {4}。</translation>
    </message>
    <message>
        <source>Entry {0} of block {1}: the path leads astray.</source>
        <translation>区块 {1} 的记录 {0}：路径通不到树根。</translation>
    </message>
    <message>
        <source>{0} nonces were tried.</source>
        <translation>共试了 {0} 个随机数。</translation>
    </message>
    <message>
        <source>All {0} copies hold the same blocks.</source>
        <translation>{0} 份副本的区块全部相同。</translation>
    </message>
    <message>
        <source>Block {0}: no majority among {1} copies.</source>
        <translation>区块 {0}：{1} 份副本中没有多数。</translation>
    </message>
    <message>
        <source>Block {0}: {1} of {2} copies agree, not {3}.</source>
        <translation>区块 {0}：{2} 份副本中有 {1} 份一致，{3} 除外。</translation>
    </message>
    <message>
        <source>The anchor agrees</source>
        <translation>外部依据相符</translation>
    </message>
    <message>
        <source>The hash that was printed elsewhere is that of block {0} here.</source>
        <translation>在别处刊印的哈希值正是这里区块 {0} 的哈希值。</translation>
    </message>
    <message>
        <source>The anchor finds nothing to agree with</source>
        <translation>外部依据找不到可对照之处</translation>
    </message>
    <message>
        <source>This copy has no block {0}.</source>
        <translation>这份副本没有区块 {0}。</translation>
    </message>
    <message>
        <source>The anchor still catches it</source>
        <translation>外部依据仍能发现它</translation>
    </message>
    <message>
        <source>A newspaper printed the hash of block {0}. This chain has another one.</source>
        <translation>报纸刊印了区块 {0} 的哈希值，这条链的却是另一个。</translation>
    </message>
    <message>
        <source>Fictional demonstration data; a working copy.</source>
        <translation>虚构演示数据；工作副本。</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Working copy in memory. Your files are not touched.</source>
        <translation>这是内存中的工作副本，您的文件不会被改动。</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Projector size</source>
        <translation>投影大小</translation>
    </message>
    <message>
        <source>Save and load…</source>
        <translation>保存与载入…</translation>
    </message>
    <message>
        <source>Back to start</source>
        <translation>返回开始页</translation>
    </message>
    <message>
        <source>Do</source>
        <translation>做什么</translation>
    </message>
    <message>
        <source>See</source>
        <translation>看什么</translation>
    </message>
    <message>
        <source>Re-hash this block</source>
        <translation>重算此区块</translation>
    </message>
    <message>
        <source>Re-hash all</source>
        <translation>全部重算</translation>
    </message>
    <message>
        <source>Find nonces from here</source>
        <translation>从此处求随机数</translation>
    </message>
    <message>
        <source>Sign again</source>
        <translation>重新签名</translation>
    </message>
    <message>
        <source>Load a lesson…</source>
        <translation>载入课程…</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>保存图片…</translation>
    </message>
    <message>
        <source>Save handout…</source>
        <translation>保存讲义…</translation>
    </message>
    <message>
        <source>Save as web page…</source>
        <translation>保存为网页…</translation>
    </message>
    <message>
        <source>Load a lesson</source>
        <translation>载入课程</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>Save handout</source>
        <translation>保存讲义</translation>
    </message>
    <message>
        <source>Save as web page</source>
        <translation>保存为网页</translation>
    </message>
    <message>
        <source>Step {0} of {1}: {2}</source>
        <translation>第 {0} 步，共 {1} 步：{2}</translation>
    </message>
    <message>
        <source>New value</source>
        <translation>新值</translation>
    </message>
    <message>
        <source>printed</source>
        <translation>刊印的</translation>
    </message>
    <message>
        <source>computed</source>
        <translation>算出的</translation>
    </message>
</context>
<context>
    <name>TimeLine</name>
    <message>
        <source>Entries over time</source>
        <translation>条目的时间分布</translation>
    </message>
    <message>
        <source>No entry here states a time.</source>
        <translation>此处没有条目写明时间。</translation>
    </message>
    <message>
        <source>1 entry</source>
        <translation>1 个条目</translation>
    </message>
    <message>
        <source>{0} entries</source>
        <translation>{0} 个条目</translation>
    </message>
    <message>
        <source>draw a stretch to filter; hollow: refused or void</source>
        <translation>拖选一段即可筛选；空心：被拒绝或作废</translation>
    </message>
    <message>
        <source>1 entry without a time</source>
        <translation>1 个条目无时间</translation>
    </message>
    <message>
        <source>{0} entries without a time</source>
        <translation>{0} 个条目无时间</translation>
    </message>
</context>
<context>
    <name>Trust</name>
    <message>
        <source>Where it comes from</source>
        <translation>其来源</translation>
    </message>
    <message>
        <source>I trust this because…</source>
        <translation>我信任它，因为…</translation>
    </message>
    <message>
        <source>it is published, and I compared</source>
        <translation>已公开发布，且我已比对</translation>
    </message>
    <message>
        <source>the party itself gave it to me</source>
        <translation>当事方自己交给我</translation>
    </message>
    <message>
        <source>it came from the sender of this file</source>
        <translation>来自此文件的发送者</translation>
    </message>
    <message>
        <source>it stands in this file (shows nothing new)</source>
        <translation>就在此文件中（不增加说明力）</translation>
    </message>
    <message>
        <source>certificate authority</source>
        <translation>证书颁发机构</translation>
    </message>
    <message>
        <source>single key</source>
        <translation>单个密钥</translation>
    </message>
    <message>
        <source>What you trust</source>
        <translation>信任依据</translation>
    </message>
    <message>
        <source>What do you trust, and why?</source>
        <translation>您信任什么，为什么？</translation>
    </message>
    <message>
        <source>Certificates and keys say who signed; a hash or a copy from elsewhere says what existed. An anchor is only as independent as the way it came to you.</source>
        <translation>证书和密钥说明由谁签名；来自别处的哈希或副本说明曾有什么。依据的独立性取决于其取得途径。</translation>
    </message>
    <message>
        <source>Chosen</source>
        <translation>已选定</translation>
    </message>
    <message>
        <source>compare each fingerprint with one from elsewhere</source>
        <translation>请将每个指纹与别处取得的比对</translation>
    </message>
    <message>
        <source>Found in this evidence</source>
        <translation>在此证据中找到</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>From a file, a folder or another copy</source>
        <translation>来自文件、文件夹或另一副本</translation>
    </message>
    <message>
        <source>Add file…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Add a copy of the ledger…</source>
        <translation>添加账本副本…</translation>
    </message>
    <message>
        <source>A hash that was printed or said</source>
        <translation>印刷或口述的哈希</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Hash of the block in hex</source>
        <translation>区块哈希（十六进制）</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Judge again</source>
        <translation>重新判定</translation>
    </message>
    <message>
        <source>This evidence names no authority and no key.</source>
        <translation>此证据没有写明机构或密钥。</translation>
    </message>
    <message>
        <source>Nothing yet: the best verdict is “self-consistent only”.</source>
        <translation>尚未选定：最高结论为“仅内部一致”。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Certificates, keys or a trust profile</source>
        <translation>证书、密钥或信任配置</translation>
    </message>
    <message>
        <source>A folder of certificates</source>
        <translation>证书文件夹</translation>
    </message>
    <message>
        <source>Another copy of this ledger</source>
        <translation>此账本的另一副本</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>{0} anchors added</source>
        <translation>已添加 {0} 项依据</translation>
    </message>
    <message>
        <source>Block {0} = {1}</source>
        <translation>区块 {0} = {1}</translation>
    </message>
    <message>
        <source>Copy: {0}</source>
        <translation>副本：{0}</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>Does not match</source>
        <translation>核验不通过</translation>
    </message>
    <message>
        <source>Could not be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Could not be determined</source>
        <translation>无法核验</translation>
    </message>
    <message>
        <source>Self-consistent only</source>
        <translation>仅内部一致</translation>
    </message>
    <message>
        <source>Signed by parties you named</source>
        <translation>由您指定的各方签名</translation>
    </message>
    <message>
        <source>Anchored</source>
        <translation>与外部依据一致</translation>
    </message>
    <message>
        <source>Does not match, still checking</source>
        <translation>核验不通过，仍在核验</translation>
    </message>
    <message>
        <source>Checking… nothing failed so far</source>
        <translation>核验中… 目前没有不通过</translation>
    </message>
    <message>
        <source>You can already look at everything that was read. If you stop, what was checked stays, and there is no verdict.</source>
        <translation>已读取的内容现在就可以查看。若停止，已核验的保留，但没有结论。</translation>
    </message>
    <message>
        <source>{0} of {1} read, {2} answers given.</source>
        <translation>已读取 {0} / {1}，得出 {2} 项结果。</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>核验中</translation>
    </message>
    <message>
        <source>Nothing failed so far.</source>
        <translation>目前没有不通过。</translation>
    </message>
    <message>
        <source>One check does not match; still checking.</source>
        <translation>有一项检查不一致；仍在核验。</translation>
    </message>
    <message>
        <source>{0} checks do not match; still checking.</source>
        <translation>有 {0} 项检查不一致；仍在核验。</translation>
    </message>
    <message>
        <source>{0} of {1} were read and checked.</source>
        <translation>已读取并核验 {0} / {1}。</translation>
    </message>
    <message>
        <source>Nothing is said about the rest.</source>
        <translation>对其余部分不作说明。</translation>
    </message>
    <message>
        <source>Stopped by you</source>
        <translation>由您停止</translation>
    </message>
    <message>
        <source>One check does not match; then stopped by you.</source>
        <translation>有一项检查不一致；随后由您停止。</translation>
    </message>
    <message>
        <source>{0} checks do not match; then stopped by you.</source>
        <translation>有 {0} 项检查不一致；随后由您停止。</translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation>{0}{1}</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>{0}/s</source>
        <translation>{0}/秒</translation>
    </message>
    <message>
        <source>rate</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>left</source>
        <translation>剩余</translation>
    </message>
    <message>
        <source>1 history anchor</source>
        <translation>1 项历史依据</translation>
    </message>
    <message>
        <source>{0} history anchors</source>
        <translation>{0} 项历史依据</translation>
    </message>
    <message>
        <source>1 certificate or key you chose</source>
        <translation>您选定的 1 个证书或密钥</translation>
    </message>
    <message>
        <source>{0} certificates or keys you chose</source>
        <translation>您选定的 {0} 个证书或密钥</translation>
    </message>
    <message>
        <source>found inside the evidence</source>
        <translation>在证据中找到</translation>
    </message>
    <message>
        <source>from the same sender</source>
        <translation>来自同一发送者</translation>
    </message>
    <message>
        <source>from the party itself</source>
        <translation>来自当事方自身</translation>
    </message>
    <message>
        <source>published</source>
        <translation>公开发布</translation>
    </message>
    <message>
        <source>origin not stated</source>
        <translation>来源未说明</translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation>{0}，{1}</translation>
    </message>
    <message>
        <source>Stop and keep what is done</source>
        <translation>停止并保留已完成的</translation>
    </message>
    <message>
        <source>Compared with: {0}</source>
        <translation>比对依据：{0}</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Open a ledger</source>
        <translation>打开账本</translation>
    </message>
    <message>
        <source>Open a folder that holds a ledger</source>
        <translation>打开含账本的文件夹</translation>
    </message>
    <message>
        <source>Where is {0} now?</source>
        <translation>{0} 现在在哪里？</translation>
    </message>
    <message>
        <source>Go to block</source>
        <translation>转到区块</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>{0} (read-only) — {1}</source>
        <translation>{0}（只读）— {1}</translation>
    </message>
    <message>
        <source>Choose a table</source>
        <translation>选择表格</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>not recorded</source>
        <translation>未记录</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} 秒</translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation>{0} 分钟</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>{0} days ago</source>
        <translation>{0} 天前</translation>
    </message>
    <message>
        <source>the whole ledger</source>
        <translation>整个账本</translation>
    </message>
    <message>
        <source>block {0}</source>
        <translation>区块 {0}</translation>
    </message>
    <message>
        <source>{0}, entry {1}</source>
        <translation>{0}，记录 {1}</translation>
    </message>
    <message>
        <source>outside of all blocks</source>
        <translation>不在任何区块内</translation>
    </message>
    <message>
        <source>event {0}</source>
        <translation>事件 {0}</translation>
    </message>
    <message>
        <source>row {0}</source>
        <translation>行 {0}</translation>
    </message>
    <message>
        <source>statement {0}</source>
        <translation>陈述 {0}</translation>
    </message>
    <message>
        <source>proof {0}</source>
        <translation>证明 {0}</translation>
    </message>
    <message>
        <source>entry {0}</source>
        <translation>条目 {0}</translation>
    </message>
    <message>
        <source>{0} of {1}, counted from 0</source>
        <translation>{0}，共 {1}，从 0 计</translation>
    </message>
    <message>
        <source>1 event</source>
        <translation>1 个事件</translation>
    </message>
    <message>
        <source>{0} events</source>
        <translation>{0} 个事件</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>{0} rows</source>
        <translation>{0} 行</translation>
    </message>
    <message>
        <source>1 statement</source>
        <translation>1 条陈述</translation>
    </message>
    <message>
        <source>{0} statements</source>
        <translation>{0} 条陈述</translation>
    </message>
    <message>
        <source>1 transaction</source>
        <translation>1 笔交易</translation>
    </message>
    <message>
        <source>{0} transactions</source>
        <translation>{0} 笔交易</translation>
    </message>
    <message>
        <source>1 entry</source>
        <translation>1 个条目</translation>
    </message>
    <message>
        <source>{0} entries</source>
        <translation>{0} 个条目</translation>
    </message>
    <message>
        <source>events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>statements</source>
        <translation>陈述</translation>
    </message>
    <message>
        <source>entries</source>
        <translation>条目</translation>
    </message>
</context>
</TS>
