"""Fashion-MNIST from scratch: learned types against types chosen after training, at several word lengths."""
