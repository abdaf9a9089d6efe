"""One room for each way to talk: native event -> Call, Reply -> native message."""
