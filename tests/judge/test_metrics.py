"""Which names mean the same metric, and which way each is better."""

from __future__ import annotations

import math

import pytest

from tui.judge.metrics import Direction, better, direction, is_aside, key


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Validation Loss", "Loss"),
        ("eval_loss", "Loss"),
        ("val_loss", "loss"),
        ("F1", "f1"),
        ("eval_f1", "F1"),
        ("Rouge1", "rouge1"),
        ("Exact Match", "exact_match"),
        ("Exact-Match", "exact_match"),
        ("Train Loss", "Training Loss"),
        ("Num Input Tokens Seen", "Input Tokens Seen"),
        ("Rewards/accuracies", "Rewards Accuracies"),
        ("Memory/max Active (gib)", "Active (gib)"),
        ("Memory/device Mem Reserved(gib)", "Mem Reserved(gib)"),
    ],
)
def test_names_of_one_metric_are_the_same(left: str, right: str) -> None:
    assert key(left) == key(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [("Training Loss", "Loss"), ("F1", "F1 Macro"), ("Rouge1", "Rouge2"), ("Accuracy", "Accuracy[0]"), ("Loss", "Val")],
)
def test_names_of_different_metrics_differ(left: str, right: str) -> None:
    assert key(left) != key(right)


HIGHER = """Accuracy|eval_accuracy|Acc|F1|eval_f1|F1 Macro|Macro F1|Weighted F1|f1_micro|Per F1|Precision|Recall|Auc
Roc Auc|Rouge1|Rouge2|RougeL|Rougelsum|rouge_l|Bleu|Sacrebleu|Meteor|Chrf|Bertscore F1|Exact Match|exact_match|Em
Matthews Correlation|Mcc|Pearson|Pearsonr|Spearmanr|R2|Mean Iou|Map|Map 50|Mrr|Ndcg|Top5 Accuracy|Balanced Accuracy
Overall Precision|Kappa|Jaccard|Dice|Rewards/accuracies|Rewards/margins|F1[0]|f1.accuracy|Specificity|Psnr
Negative Mse|dev_negative_mse|neg_mean_squared_error|Neg Rmse|Hamming Score|Hamming Accuracy|Negative Precision
0 Precision|Total Tax Amount F1|List Account Number F1|Purchase Time Recall|Acc5|Overall F2|Hits@10|mean_accuracy
Sari|Comet|Qwk|Hit@1|Pass@10|Ndcg@10|Map@5|Recall@5|Gleu|Bleurt|Kendalltau|Explained Variance|Ap50|Per.f1|chrF++"""
LOWER = """Loss|Validation Loss|eval_loss|val_loss|Training Loss|Train Loss|Wer|eval_wer|Wer Ortho|Cer|Perplexity|Ppl
Mse|Rmse|Mae|Mape|Mean Squared Error|Mean Absolute Error|Hamming Loss|Ctc Loss|Loss[0]|Ter|Eer|Word Error Rate|Fid
Dice Loss|Nll Loss|Per|eval_der|False Alarm|Missed Detection|Lpips|Nrmse|Wmape|Bits Per Byte|Bpb|Nll|Wil
Edit Distance"""
UNKNOWN = """Per.number|Per[0]|Confusion|Time Per Class
Gen Len|Runtime|eval_runtime|Samples Per Second|Steps Per Second|Epoch|Step|Number|Support|Foo
Input Tokens Seen|Rewards/chosen|Logps/rejected|Learning Rate|Combined Score|Prediction Length|Informative|Mapping
Emotion|Remark|Loss Ratio Step|Bleu-bp|0 Support|Account Number|Hits|Deletions|entropy|num_tokens
Negative Loss|neg_log_loss
F1 Std|Accuracy Std Dev|Accuracy Gap|cosine_f1_threshold|Wer Reduction|Loss Weight|Accuracy Variance"""


@pytest.mark.parametrize("name", HIGHER.replace("\n", "|").split("|"))
def test_scores_are_better_when_higher(name: str) -> None:
    assert direction(name) is Direction.MAXIMIZE


@pytest.mark.parametrize("name", LOWER.replace("\n", "|").split("|"))
def test_losses_and_errors_are_better_when_lower(name: str) -> None:
    assert direction(name) is Direction.MINIMIZE


@pytest.mark.parametrize("name", UNKNOWN.replace("\n", "|").split("|"))
def test_names_without_a_settled_meaning_have_no_direction(name: str) -> None:
    assert direction(name) is Direction.UNKNOWN


@pytest.mark.parametrize(
    ("left", "right", "way", "is_better"),
    [
        (2.0, 1.0, Direction.MAXIMIZE, True),
        (1.0, 2.0, Direction.MAXIMIZE, False),
        (1.0, 2.0, Direction.MINIMIZE, True),
        (2.0, 1.0, Direction.MINIMIZE, False),
        (1.0, 1.0, Direction.MAXIMIZE, False),
        (1.0, 1.0, Direction.MINIMIZE, False),
        (2.0, 1.0, Direction.UNKNOWN, False),
        (1.0, 2.0, Direction.UNKNOWN, False),
        (math.nan, 1.0, Direction.MAXIMIZE, False),
        (1.0, math.nan, Direction.MINIMIZE, False),
        (1.0, math.inf, Direction.MINIMIZE, True),
    ],
)
def test_better_goes_by_the_direction_and_never_for_an_unknown_one(
    left: float, right: float, way: Direction, *, is_better: bool
) -> None:
    assert better(left, right, way) is is_better


@pytest.mark.parametrize("name", ["Epoch Time (s)", "Peak GPU Mem (MB)", "Runtime", "Active (gib)", "LR"])
def test_times_and_memory_are_no_metrics_in_any_unit(name: str) -> None:
    assert is_aside(name)
