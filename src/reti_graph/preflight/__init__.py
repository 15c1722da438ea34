"""What a portal will make of a catalogue: it is read as harvesters read it, and checked."""
