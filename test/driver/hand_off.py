"""Writes bitstreams and hand-off files of our own, as far as anybody reads them."""

from pathlib import Path

CONTROL = ["CTRL", "GIER", "IP_IER", "IP_ISR"]


def argument_names(name: str, wide: bool) -> list:
    return [f"{name}_1", f"{name}_2"] if wide else [name]


def write_pair(folder: Path, network: dict, top=None, registers=None, dma=True, length_bits=26, part=None) -> Path:
    """accelerator.bit and accelerator.hwh for the network; gives the bitstream."""
    stream = network["variant"] == "stream"
    names = registers or [
        *CONTROL,
        *([] if stream else argument_names("input_words", True) + argument_names("output_words", True)),
        "frames",
        *(["load_weights", "weights"] if "weights" in network else []),
    ]
    modules = [_module("nn", f"xilinx.com:hls:{top or network['name']}:1.0", names, {})]
    if stream and dma:
        modules.append(_module("dma", "xilinx.com:ip:axi_dma:7.1", [], {"c_sg_length_width": length_bits}))
    path = folder / "accelerator.bit"
    path.write_bytes(_bit_header("accelerator_wrapper;UserID=0XFFFFFFFF;Version=2023.2", part or "xczu3eg-sbva484-1-i"))
    path.with_suffix(".hwh").write_text(_hand_off(modules), encoding="utf-8-sig")
    return path


def _bit_header(design: str, part: str) -> bytes:
    fields = [(b"a", design), (b"b", part), (b"c", "2026/11/24"), (b"d", "04:03:07")]
    text = b"".join(key + (len(value) + 1).to_bytes(2, "big") + value.encode() + b"\0" for key, value in fields)
    return bytes.fromhex("00090ff00ff00ff00ff0000001") + text + b"e\0\0\0\x04data"


def _hand_off(modules: list) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n'
        '<EDKSYSTEM EDWVERSION="1.2" TIMESTAMP="Tue Nov 24 04:03:07 2026" VIVADOVERSION="2023.2">\n'
        '<SYSTEMINFO ARCH="zynquplus" DEVICE="xczu3eg" NAME="accelerator" PACKAGE="sbva484" SPEEDGRADE="-1"/>\n'
        f"<MODULES>\n{''.join(modules)}</MODULES>\n</EDKSYSTEM>\n"
    )


def _module(instance: str, vlnv: str, registers: list, parameters: dict) -> str:
    entries = "".join(
        f'<REGISTER NAME="{name}"><PROPERTY NAME="ADDRESS_OFFSET" VALUE="{4 * i}"/>'
        f'<PROPERTY NAME="SIZE" VALUE="32"/></REGISTER>'
        for i, name in enumerate(registers)
    )
    values = "".join(f'<PARAMETER NAME="{name}" VALUE="{value}"/>' for name, value in parameters.items())
    return (
        f'<MODULE INSTANCE="{instance}" VLNV="{vlnv}"><ADDRESSBLOCKS>{entries}</ADDRESSBLOCKS>'
        f'<PARAMETERS>{values}</PARAMETERS><MEMORYMAP><MEMRANGE INSTANCE="{instance}"/></MEMORYMAP></MODULE>\n'
    )
