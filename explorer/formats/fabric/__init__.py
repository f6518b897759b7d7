"""Hyperledger Fabric: block stores, single blocks, JSON exports; full replay."""
