"""How the reader's model is made: corpora → sentences → batches → network → loop → export → evaluation → card.

Needs the extra `train` (PyTorch, ONNX); nothing that reads articles imports this package. Run `python -m kg.training`.
"""
