"""A FracBNN-style network for Fashion-MNIST: training in PyTorch and export to Bitloom's model format."""
