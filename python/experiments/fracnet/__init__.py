"""FracNet (FracBNN's CIFAR-10 network, FPGA 2021) with learned fixed-point types and K-hot parameters; its weights stay."""
