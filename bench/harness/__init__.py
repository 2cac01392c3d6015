"""What the benchmarks share: processes on free ports, processor time, load, films, tables."""
