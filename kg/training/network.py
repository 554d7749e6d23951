"""The reader's network: one encoder, a vector for each word, small heads on it.

Arcs are biaffine (Dozat & Manning 2017, arXiv:1611.01734); relations and roles are biaffine with a weight tensor of
low rank: each label weighs the elementwise product of the two words' vectors, to which 1 is added so that each word
counts alone, too. Semantic roles are scored like relations, as labelled arcs (He et al. 2018, arXiv:1805.04787, without
spans). Everything that needs two words is left to numpy when reading, so that the exported graph has one row a word.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.reader.labels import Labels
from kg.reader.wordpieces import HINTS, SHAPES
from kg.training.batches import IGNORED, Batch
from kg.training.encoder import Dropout, Encoder, EncoderConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkConfig:
    """Widths of the heads' word vectors and the dropout on them."""

    arc: int = 256
    relation: int = 192
    role: int = 320
    hidden: int = 256
    dropout: float = 0.33


TINY = NetworkConfig(arc=16, relation=16, role=16, hidden=16)
TINY_ENCODER = EncoderConfig(shapes=SHAPES, hints=HINTS, width=24, layers=1, heads=2, inner=32)
"""A network that learns nothing much in seconds."""

WEIGHTS = {
    "arcs": 1.0,
    "relations": 1.0,
    "upos": 0.5,
    "features": 0.5,
    "scripts": 0.5,
    "tags": 1.0,
    "starts": 0.5,
    "predicates": 0.5,
    "roles": 1.0,
}
"""What each head's loss counts."""


class Network(nn.Module):
    """`forward` gives a row a word; `loss` compares them with a batch."""

    def __init__(
        self, labels: Labels, config: NetworkConfig | None = None, encoder: EncoderConfig | None = None
    ) -> None:
        super().__init__()
        config = config or NetworkConfig()
        self.encoder = Encoder(encoder or EncoderConfig(shapes=SHAPES, hints=HINTS))
        self.encoder.pieces.weight.requires_grad_(False)  # as good, a tenth faster, and rare words stay what they were
        width = self.encoder.norm.normalized_shape[0]
        self.word_dropout = Dropout(config.dropout)

        def projection(size: int) -> nn.Module:
            return nn.Sequential(nn.Linear(width, size), nn.GELU(), Dropout(config.dropout))

        self.arc_dependent, self.arc_head = projection(config.arc), projection(config.arc)
        self.arc_weight = nn.Linear(config.arc, config.arc)
        self.arc_prior = nn.Linear(config.arc, 1)
        self.arc_root = nn.Linear(config.arc, 1)
        self.relation_dependent, self.relation_head = projection(config.relation), projection(config.relation)
        self.relation = nn.Linear(config.relation, len(labels.relations))
        self.role_predicate, self.role_argument = projection(config.role), projection(config.role)
        self.role = nn.Linear(config.role, len(labels.roles))
        self.form = projection(config.hidden)
        self.upos = nn.Linear(config.hidden, len(labels.upos))
        self.features = nn.Linear(config.hidden, len(labels.features))
        self.scripts = nn.Linear(config.hidden, len(labels.scripts))
        self.naming = projection(config.hidden)
        self.tags = nn.Linear(config.hidden, len(labels.tags))
        self.starts = nn.Linear(width, 1)
        self.predicates = nn.Linear(config.hidden, 1)

    def forward(
        self, pieces: Tensor, shapes: Tensor, hints: Tensor, mask: Tensor | None, first: Tensor, last: Tensor
    ) -> dict[str, Tensor]:
        """Shapes as in `Batch`; every value has N rows, in the order of `OUTPUTS`."""
        states = self.encoder(pieces, shapes, hints, mask)
        flat = states.reshape(-1, states.shape[-1])
        words = self.word_dropout((flat[first] + flat[last]) * 0.5)
        form, head, dependent = self.form(words), self.arc_head(words), self.arc_dependent(words)
        return {
            "upos": self.upos(form),
            "features": self.features(form),
            "scripts": self.scripts(form),
            "tags": self.tags(self.naming(words)),
            "starts": self.starts(words)[:, 0],
            "predicates": self.predicates(form)[:, 0],
            "arc_dependent": self.arc_weight(dependent),
            "arc_head": head,
            "arc_prior": self.arc_prior(head)[:, 0],
            "arc_root": self.arc_root(dependent)[:, 0],
            "relation_dependent": 1.0 + self.relation_dependent(words),
            "relation_head": 1.0 + self.relation_head(words),
            "role_predicate": 1.0 + self.role_predicate(words),
            "role_argument": 1.0 + self.role_argument(words),
        }

    def losses(self, batch: Batch) -> dict[str, Tensor]:
        """Mean loss of each head; 0 where the batch has nothing for it."""
        gold = {name: torch.from_numpy(getattr(batch, name)) for name in GOLD}
        out = self(*(torch.from_numpy(getattr(batch, name)) for name in INPUTS))
        relations = self.relation(out["relation_dependent"] * out["relation_head"][gold["head_words"]])
        roles = self.role(out["role_predicate"][gold["pair_predicates"]] * out["role_argument"][gold["pair_words"]])
        arguments = (gold["pair_roles"] > 0).sum().clamp(min=1)
        losses = {name: _labelled(out[name], gold[name]) for name in ("upos", "features", "scripts")}
        losses["relations"] = _labelled(relations, gold["relations"])
        losses["arcs"] = _labelled(_arc_scores(out, batch), gold["heads"])
        losses["tags"] = _allowed(out["tags"], gold["tags"])
        losses["starts"] = _binary(out["starts"], gold["starts"])
        losses["predicates"] = _binary(out["predicates"], gold["predicates"])
        losses["roles"] = functional.cross_entropy(roles.float(), gold["pair_roles"], reduction="sum") / (2 * arguments)
        return losses


INPUTS = ("pieces", "shapes", "hints", "mask", "first", "last")
GOLD = (
    *("upos", "features", "scripts", "relations", "heads", "head_words", "starts", "tags", "predicates"),
    *("pair_predicates", "pair_words", "pair_roles"),
)


def _labelled(scores: Tensor, gold: Tensor) -> Tensor:
    total = functional.cross_entropy(scores.float(), gold, ignore_index=IGNORED, reduction="sum")
    return total / (gold != IGNORED).sum().clamp(min=1)


def _binary(scores: Tensor, gold: Tensor) -> Tensor:
    known = gold != IGNORED
    losses = functional.binary_cross_entropy_with_logits(scores.float(), gold.clamp(min=0).float(), reduction="none")
    return (losses * known).sum() / known.sum().clamp(min=1)


def _allowed(scores: Tensor, allowed: Tensor) -> Tensor:
    """Negative log probability of the allowed tags together (partial annotation, Jie et al. 2019, arXiv:1904.05063)."""
    logs = functional.log_softmax(scores.float(), dim=-1)
    known = ~allowed.all(dim=-1)
    losses = -torch.logsumexp(logs.masked_fill(~allowed, -1e4), dim=-1)
    return (losses * known).sum() / known.sum().clamp(min=1)


def _arc_scores(out: dict[str, Tensor], batch: Batch) -> Tensor:
    """[N, 1 + W]: how well each word of the window, or the root, suits as head; other sentences are impossible."""
    places, width = torch.from_numpy(batch.places), batch.width
    rows = len(batch.pieces)

    def spread(values: Tensor, fill: float = 0.0) -> Tensor:
        padded = values.new_full((rows * width, *values.shape[1:]), fill)
        return padded.index_copy(0, places, values).view(rows, width, *values.shape[1:])

    heads, dependents = spread(out["arc_head"]), spread(out["arc_dependent"])
    scores = dependents @ heads.transpose(1, 2) + spread(out["arc_prior"])[:, None, :]
    sentence = spread(torch.from_numpy(batch.sentence) + 1.0)
    apart = sentence[:, :, None] != sentence[:, None, :]
    itself = torch.eye(width, dtype=torch.bool)[None]
    scores = scores.float().masked_fill(apart | itself, -1e4)
    return torch.cat([out["arc_root"].float()[:, None], scores.view(rows * width, width)[places]], dim=1)
