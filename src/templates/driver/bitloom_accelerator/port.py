"""Feature maps as they lie in memory at the accelerator's ports.

One container of 8, 16, 32 or 64 bits for each element, little-endian; pixels in row-major order, channels last; each
frame padded with zeros to a multiple of 8 bytes. Outside, arrays are as PyTorch has them: (frames, channels, height, width).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .errors import AcceleratorError


@dataclass(frozen=True)
class Port:
    name: str
    #: Channels, height, width.
    shape: tuple
    #: As HLS writes it, `ap_fixed<16,9>`, or `bipolar`.
    type: str
    signed: bool
    width: int
    #: value = raw * 2^-fraction
    fraction: int
    container_bits: int
    frame_bytes: int

    @staticmethod
    def of(values: dict) -> Port:
        return Port(
            name=values["name"],
            shape=tuple(values["shape"]),
            type=values["type"],
            signed=values["signed"],
            width=values["width"],
            fraction=values["fraction"],
            container_bits=values["containerBits"],
            frame_bytes=values["frameBytes"],
        )

    @property
    def dtype(self) -> np.dtype:
        return np.dtype(f"<{'i' if self.signed else 'u'}{self.container_bits // 8}")

    @property
    def elements(self) -> int:
        return int(np.prod(self.shape))

    @property
    def outer_shape(self) -> tuple:
        """Vectors have no height and width outside."""
        return self.shape[:1] if self.shape[1:] == (1, 1) else self.shape

    def encode(self, raws: np.ndarray) -> np.ndarray:
        """Bytes of each frame, (frames, frame_bytes), of raw integers (frames, channels, height, width)."""
        frames = len(raws)
        encoded = np.zeros((frames, self.frame_bytes // self.dtype.itemsize), self.dtype)
        encoded[:, : self.elements] = raws.reshape(frames, *self.shape).transpose(0, 2, 3, 1).reshape(frames, -1)
        return encoded.view(np.uint8)

    def decode(self, encoded: np.ndarray) -> np.ndarray:
        """Raw integers (frames, channels, height, width) or (frames, channels) of the bytes of each frame."""
        channels, height, width = self.shape
        elements = np.ascontiguousarray(encoded).view(self.dtype)[:, : self.elements]
        maps = elements.reshape(-1, height, width, channels).transpose(0, 3, 1, 2)
        return np.ascontiguousarray(maps).reshape(len(encoded), *self.outer_shape)

    def raws(self, images: np.ndarray) -> np.ndarray:
        """Raw integers of a batch: integers are raws already, floats are values that the type must hold exactly."""
        images = np.asarray(images)
        if images.shape[1:] not in (self.shape, self.outer_shape):
            raise AcceleratorError(
                f"the images have the shape {images.shape}, but the network takes (frames, {self._shape_text()}) "
                f"or one image ({self._shape_text()})"
            )
        if images.dtype.kind == "f":
            images = self._of_values(images)
        if images.dtype.kind not in "iub":
            raise AcceleratorError(f"the images are {images.dtype}, but the network takes integers or floats")
        self._check_range(images)
        return images

    def values(self, raws: np.ndarray) -> np.ndarray:
        """What the raw integers stand for; exact as long as they have no more than 53 bits."""
        return np.ldexp(raws.astype(np.float64), -self.fraction)

    def _of_values(self, images: np.ndarray) -> np.ndarray:
        scaled = np.ldexp(images.astype(np.float64), self.fraction)
        # Values in 0..1 for a network that takes bytes are the usual mistake: no silent rounding.
        if not np.array_equal(scaled, np.rint(scaled)):
            raise AcceleratorError(
                f"the images have values that {self.type} cannot hold exactly; give the network's own raw integers "
                f"({self._range_text()})"
            )
        # Beyond 64 bits a cast would wrap around.
        if scaled.size and np.abs(scaled).max() >= 2**63:
            raise AcceleratorError(f"the images have values outside of {self.type} ({self._range_text()})")
        return scaled.astype(np.int64)

    def _check_range(self, images: np.ndarray) -> None:
        if images.size == 0:
            return
        low, high = int(images.min()), int(images.max())
        least, most = self._limits()
        if low < least or high > most:
            raise AcceleratorError(
                f"the images have values from {low} to {high}, but {self.type} holds {self._range_text()}"
            )
        if self.type == "bipolar" and not np.isin(images, (-1, 1)).all():
            raise AcceleratorError("the images have other values than -1 and 1, but the network takes bipolar ones")

    def _limits(self) -> tuple:
        if self.type == "bipolar":
            return -1, 1
        if self.signed:
            return -(1 << (self.width - 1)), (1 << (self.width - 1)) - 1
        return 0, (1 << self.width) - 1

    def _range_text(self) -> str:
        least, most = self._limits()
        return "-1 and 1" if self.type == "bipolar" else f"{least} to {most}"

    def _shape_text(self) -> str:
        return ", ".join(str(size) for size in self.outer_shape)
