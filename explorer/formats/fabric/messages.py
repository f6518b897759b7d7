"""Field tables of Hyperledger Fabric's messages.

From the ``.proto`` files of Fabric 3.1 (common, msp, peer, ledger/rwset, orderer), as
far as blocks hold them. One line per message: field number and name; ``#`` an integer,
``$`` text, ``:Name`` an embedded message, ``=Name`` bytes that hold a message, ``%``
packed integers, nothing for plain bytes; ``*`` behind it where it repeats. Left out:
private data, peer administration, the discovery service.
"""

from collections.abc import Mapping
from types import MappingProxyType

from explorer.encodings.protobuf import FieldKind, FieldRule, FieldTable

_TEXT = """
Block 1 header:BlockHeader 2 data:BlockData 3 metadata:BlockMetadata
BlockHeader 1 number# 2 previous_hash 3 data_hash
BlockData 1 data=Envelope*
BlockMetadata 1 metadata*
Metadata 1 value 2 signatures:MetadataSignature*
SignedMetadata 1 value=OrdererBlockMetadata 2 signatures:MetadataSignature*
LastConfigMetadata 1 value=LastConfig 2 signatures:MetadataSignature*
MetadataSignature 1 signature_header=SignatureHeader 2 signature 3 identifier_header=IdentifierHeader
IdentifierHeader 1 identifier# 2 nonce
OrdererBlockMetadata 1 last_config:LastConfig 2 consenter_metadata
LastConfig 1 index#
Envelope 1 payload=Payload 2 signature
Payload 1 header:Header 2 data
Header 1 channel_header=ChannelHeader 2 signature_header=SignatureHeader
ChannelHeader 1 type# 2 version# 3 timestamp:Timestamp 4 channel_id$ 5 tx_id$ 6 epoch# 7 extension 8 tls_cert_hash
Timestamp 1 seconds# 2 nanos#
Duration 1 seconds# 2 nanos#
SignatureHeader 1 creator=SerializedIdentity 2 nonce
SerializedIdentity 1 mspid$ 2 id_bytes
ConfigEnvelope 1 config:Config 2 last_update:Envelope
Config 1 sequence# 2 channel_group:ConfigGroup
ConfigUpdateEnvelope 1 config_update=ConfigUpdate 2 signatures:ConfigSignature*
ConfigSignature 1 signature_header=SignatureHeader 2 signature
ConfigUpdate 1 channel_id$ 2 read_set:ConfigGroup 3 write_set:ConfigGroup 5 isolated_data:IsolatedEntry*
IsolatedEntry 1 key$ 2 value
ConfigGroup 1 version# 2 groups:GroupEntry* 3 values:ValueEntry* 4 policies:PolicyEntry* 5 mod_policy$
GroupEntry 1 key$ 2 value:ConfigGroup
ValueEntry 1 key$ 2 value:ConfigValue
PolicyEntry 1 key$ 2 value:ConfigPolicy
ConfigValue 1 version# 2 value 3 mod_policy$
ConfigPolicy 1 version# 2 policy:Policy 3 mod_policy$
Policy 1 type# 2 value
SignaturePolicyEnvelope 1 version# 2 rule:SignaturePolicy 3 identities:MSPPrincipal*
SignaturePolicy 1 signed_by# 2 n_out_of:NOutOf
NOutOf 1 n# 2 rules:SignaturePolicy*
ImplicitMetaPolicy 1 sub_policy$ 2 rule#
ApplicationPolicy 1 signature_policy:SignaturePolicyEnvelope 2 channel_config_policy_reference$
MSPPrincipal 1 principal_classification# 2 principal
MSPRole 1 msp_identifier$ 2 role#
OrganizationUnit 1 msp_identifier$ 2 organizational_unit_identifier$ 3 certifiers_identifier
CombinedPrincipal 1 principals:MSPPrincipal*
MSPIdentityAnonymity 1 anonymity_type#
MSPConfig 1 type# 2 config
FabricMSPConfig 1 name$ 2 root_certs* 3 intermediate_certs* 4 admins* 5 revocation_list* 6 signing_identity:SigningIdentityInfo 7 organizational_unit_identifiers:FabricOUIdentifier* 8 crypto_config:FabricCryptoConfig 9 tls_root_certs* 10 tls_intermediate_certs* 11 fabric_node_ous:FabricNodeOUs
SigningIdentityInfo 1 public_signer 2 private_signer:KeyInfo
KeyInfo 1 key_identifier$ 2 key_material
FabricCryptoConfig 1 signature_hash_family$ 2 identity_identifier_hash_function$
FabricOUIdentifier 1 certificate 2 organizational_unit_identifier$
FabricNodeOUs 1 enable# 2 client_ou_identifier:FabricOUIdentifier 3 peer_ou_identifier:FabricOUIdentifier 4 admin_ou_identifier:FabricOUIdentifier 5 orderer_ou_identifier:FabricOUIdentifier
IdemixMSPConfig 1 name$ 2 ipk 3 signer 4 revocation_pk 5 epoch#
HashingAlgorithm 1 name$
BlockDataHashingStructure 1 width#
OrdererAddresses 1 addresses$*
Consortium 1 name$
Capabilities 1 capabilities:CapabilityEntry*
CapabilityEntry 1 key$ 2 value:Capability
Capability
Orderers 1 consenter_mapping:Consenter*
Consenter 1 id# 2 host$ 3 port# 4 msp_id$ 5 identity 6 client_tls_cert 7 server_tls_cert
ConsensusType 1 type$ 2 metadata 3 state#
BatchSize 1 max_message_count# 2 absolute_max_bytes# 3 preferred_max_bytes#
BatchTimeout 1 timeout$
KafkaBrokers 1 brokers$*
ChannelRestrictions 1 max_count#
AnchorPeers 1 anchor_peers:AnchorPeer*
AnchorPeer 1 host$ 2 port#
ACLs 1 acls:AclEntry*
AclEntry 1 key$ 2 value:APIResource
APIResource 1 policy_ref$
RaftConfigMetadata 1 consenters:RaftConsenter* 2 options:RaftOptions
RaftConsenter 1 host$ 2 port# 3 client_tls_cert 4 server_tls_cert
RaftOptions 1 tick_interval$ 2 election_tick# 3 heartbeat_tick# 4 max_inflight_blocks# 5 snapshot_interval_size#
RaftBlockMetadata 1 consenter_ids% 2 next_consenter_id# 3 raft_index#
BftOptions 1 request_batch_max_count# 2 request_batch_max_bytes# 3 request_batch_max_interval$ 4 incoming_message_buffer_size# 5 request_pool_size# 6 request_forward_timeout$ 7 request_complain_timeout$ 8 request_auto_remove_timeout$ 9 request_max_bytes# 10 view_change_resend_interval$ 11 view_change_timeout$ 12 leader_heartbeat_timeout$ 13 leader_heartbeat_count# 14 collect_timeout$ 15 sync_on_start# 16 speed_up_view_change# 17 leader_rotation# 18 decisions_per_leader#
Transaction 1 actions:TransactionAction*
TransactionAction 1 header=SignatureHeader 2 payload=ChaincodeActionPayload
ChaincodeActionPayload 1 chaincode_proposal_payload=ChaincodeProposalPayload 2 action:ChaincodeEndorsedAction
ChaincodeEndorsedAction 1 proposal_response_payload=ProposalResponsePayload 2 endorsements:Endorsement*
Endorsement 1 endorser=SerializedIdentity 2 signature
ProposalResponsePayload 1 proposal_hash 2 extension=ChaincodeAction
ChaincodeAction 1 results=TxReadWriteSet 2 events=ChaincodeEvent 3 response:Response 4 chaincode_id:ChaincodeID
Response 1 status# 2 message$ 3 payload
ChaincodeEvent 1 chaincode_id$ 2 tx_id$ 3 event_name$ 4 payload
ChaincodeID 1 path$ 2 name$ 3 version$
ChaincodeHeaderExtension 2 chaincode_id:ChaincodeID
ChaincodeProposalPayload 1 input=ChaincodeInvocationSpec 2 TransientMap:BytesEntry*
BytesEntry 1 key$ 2 value
ChaincodeInvocationSpec 1 chaincode_spec:ChaincodeSpec
ChaincodeSpec 1 type# 2 chaincode_id:ChaincodeID 3 input:ChaincodeInput 4 timeout#
ChaincodeInput 1 args* 2 decorations:BytesEntry* 3 is_init#
TxReadWriteSet 1 data_model# 2 ns_rwset:NsReadWriteSet*
NsReadWriteSet 1 namespace$ 2 rwset=KVRWSet 3 collection_hashed_rwset:CollectionHashedReadWriteSet*
CollectionHashedReadWriteSet 1 collection_name$ 2 hashed_rwset=HashedRWSet 3 pvt_rwset_hash
KVRWSet 1 reads:KVRead* 2 range_queries_info:RangeQueryInfo* 3 writes:KVWrite* 4 metadata_writes:KVMetadataWrite*
HashedRWSet 1 hashed_reads:KVReadHash* 2 hashed_writes:KVWriteHash* 3 metadata_writes:KVMetadataWriteHash*
KVRead 1 key$ 2 version:Version
KVWrite 1 key$ 2 is_delete# 3 value
KVMetadataWrite 1 key$ 2 entries:KVMetadataEntry*
KVReadHash 1 key_hash 2 version:Version
KVWriteHash 1 key_hash 2 is_delete# 3 value_hash 4 is_purge#
KVMetadataWriteHash 1 key_hash 2 entries:KVMetadataEntry*
KVMetadataEntry 1 name$ 2 value
Version 1 block_num# 2 tx_num#
RangeQueryInfo 1 start_key$ 2 end_key$ 3 itr_exhausted# 4 raw_reads:QueryReads 5 reads_merkle_hashes:QueryReadsMerkleSummary
QueryReads 1 kv_reads:KVRead*
QueryReadsMerkleSummary 1 max_degree# 2 max_level# 3 max_level_hashes*
CollectionConfigPackage 1 config:CollectionConfig*
CollectionConfig 1 static_collection_config:StaticCollectionConfig
StaticCollectionConfig 1 name$ 2 member_orgs_policy:CollectionPolicyConfig 3 required_peer_count# 4 maximum_peer_count# 5 block_to_live# 6 member_only_read# 7 member_only_write# 8 endorsement_policy:ApplicationPolicy
CollectionPolicyConfig 1 signature_policy:SignaturePolicyEnvelope
StateData 1 Int64# 2 Bytes 3 String$
ChaincodeValidationInfo 1 validation_plugin$ 2 validation_parameter=ApplicationPolicy
BootstrappingSnapshotInfo 1 lastBlockNum# 2 lastBlockHash 3 previousBlockHash
"""  # noqa: E501  # one message per line, to be compared with the .proto files

CONFIG_VALUES: Mapping[str, str] = MappingProxyType(
    {
        "MSP": "MSPConfig",
        "HashingAlgorithm": "HashingAlgorithm",
        "BlockDataHashingStructure": "BlockDataHashingStructure",
        "OrdererAddresses": "OrdererAddresses",
        "Endpoints": "OrdererAddresses",
        "Consortium": "Consortium",
        "Capabilities": "Capabilities",
        "Orderers": "Orderers",
        "ConsensusType": "ConsensusType",
        "BatchSize": "BatchSize",
        "BatchTimeout": "BatchTimeout",
        "KafkaBrokers": "KafkaBrokers",
        "ChannelRestrictions": "ChannelRestrictions",
        "AnchorPeers": "AnchorPeers",
        "ACLs": "ACLs",
        "ChannelCreationPolicy": "Policy",
    }
)
"""Key of a configuration value → its message."""

PAYLOADS: Mapping[int, str] = MappingProxyType(
    {1: "ConfigEnvelope", 2: "ConfigUpdateEnvelope", 3: "Transaction"}
)
"""Type in the channel header → message in ``Payload.data``."""
POLICY_VALUES: Mapping[int, str] = MappingProxyType(
    {1: "SignaturePolicyEnvelope", 3: "ImplicitMetaPolicy"}
)
PRINCIPALS: Mapping[int, str] = MappingProxyType(
    {
        0: "MSPRole",
        1: "OrganizationUnit",
        2: "SerializedIdentity",
        3: "MSPIdentityAnonymity",
        4: "CombinedPrincipal",
    }
)
CONSENSUS_METADATA: Mapping[str, str] = MappingProxyType(
    {"etcdraft": "RaftConfigMetadata", "BFT": "BftOptions"}
)

_SIGNS = {
    "#": FieldKind.INTEGER,
    "$": FieldKind.TEXT,
    "%": FieldKind.PACKED,
    ":": FieldKind.MESSAGE,
    "=": FieldKind.WRAPPED,
}


def _rule(number: str, notation: str) -> FieldRule:
    is_repeated = notation.endswith("*")
    name = notation.rstrip("*")
    for sign, kind in _SIGNS.items():
        field, found, message = name.partition(sign)
        if found:
            return FieldRule(int(number), field, kind, is_repeated, message)
    return FieldRule(int(number), name, FieldKind.BYTES, is_repeated)


def _tables() -> dict[str, FieldTable]:
    tables: dict[str, FieldTable] = {}
    for line in _TEXT.strip().splitlines():
        message, *words = line.split()
        rules = [_rule(*pair) for pair in zip(words[::2], words[1::2], strict=True)]
        tables[message] = MappingProxyType({rule.number: rule for rule in rules})
    return tables


TABLES: Mapping[str, FieldTable] = MappingProxyType(_tables())
"""Message name → its fields by number."""

VALIDATION_CODES: Mapping[int, str] = MappingProxyType(
    {
        0: "VALID",
        1: "NIL_ENVELOPE",
        2: "BAD_PAYLOAD",
        3: "BAD_COMMON_HEADER",
        4: "BAD_CREATOR_SIGNATURE",
        5: "INVALID_ENDORSER_TRANSACTION",
        6: "INVALID_CONFIG_TRANSACTION",
        7: "UNSUPPORTED_TX_PAYLOAD",
        8: "BAD_PROPOSAL_TXID",
        9: "DUPLICATE_TXID",
        10: "ENDORSEMENT_POLICY_FAILURE",
        11: "MVCC_READ_CONFLICT",
        12: "PHANTOM_READ_CONFLICT",
        13: "UNKNOWN_TX_TYPE",
        14: "TARGET_CHAIN_NOT_FOUND",
        15: "MARSHAL_TX_ERROR",
        16: "NIL_TXACTION",
        17: "EXPIRED_CHAINCODE",
        18: "CHAINCODE_VERSION_CONFLICT",
        19: "BAD_HEADER_EXTENSION",
        20: "BAD_CHANNEL_HEADER",
        21: "BAD_RESPONSE_PAYLOAD",
        22: "BAD_RWSET",
        23: "ILLEGAL_WRITESET",
        24: "INVALID_WRITESET",
        25: "INVALID_CHAINCODE",
        254: "NOT_VALIDATED",
        255: "INVALID_OTHER_REASON",
    }
)
"""``TxValidationCode`` of ``peer/transaction.proto``."""


def code_name(code: int) -> str:
    """Return the name of a validation code, or its number if it has none."""
    return VALIDATION_CODES.get(code, f"code {code}")
