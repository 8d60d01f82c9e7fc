"""Rounding in training as the int8 export rounds: the last epochs learn to live with it."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn.utils import parametrize

from quotes.training.network import Network


class Rounded(nn.Module):
    """Weights rounded to 7 bits an output channel, straight-through."""

    def forward(self, weight: Tensor) -> Tensor:
        scale = weight.detach().abs().amax(1, keepdim=True).clamp(min=1e-8) / 63
        return weight + ((weight / scale).round() * scale - weight).detach()


def round_input(_: nn.Module, inputs: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    """Activations rounded to 8 bits over the range of each window, straight-through."""
    x = inputs[0]
    flat = x.detach().flatten(1)
    low, high = flat.amin(1).clamp(max=0), flat.amax(1).clamp(min=0)
    scale = ((high - low) / 255).clamp(min=1e-8).view(-1, *[1] * (x.dim() - 1))
    return (x + ((x / scale).round() * scale - x).detach(),)


def round_layers(net: Network) -> None:
    """Makes the encoder's matrix products round as the int8 export will."""
    for module in net.bert.encoder.modules():
        if isinstance(module, nn.Linear):
            parametrize.register_parametrization(module, "weight", Rounded())
            module.register_forward_pre_hook(round_input)
