"""EPCIS events in JSON and XML, read into neutral trace events and their pre-hash."""
