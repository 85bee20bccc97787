"""Public data sets by name: where they are, how large, what must be in them, and under which license.

The sums of TinyStories are those its publisher lists; the others were computed from files at hand.
"""

from dataclasses import dataclass

_GITHUB = "https://raw.githubusercontent.com"
_TINYSTORIES = "https://huggingface.co/datasets/roneneldan/TinyStories/resolve/main"
_BLIMP = {
    "anaphor_gender_agreement": (436_749, "fd7d6e47196fa1310a251d3aa88ae9a62bb64d3cec35fc02617229d5799767e1"),
    "anaphor_number_agreement": (450_861, "05c16b8bfe4feb5b3552dc2c53d1742ce0c91d9a1c896684335bdddd4373cc9b"),
    "animate_subject_passive": (462_292, "245e91961cf597150244c3945c6d0033e691b27ba6cf298c62920d355426e70c"),
    "determiner_noun_agreement_1": (468_642, "f48065fd760d0fd1a895012860d38bdf3c2ac115cd221e521684cc430c0f1855"),
    "existential_there_quantifiers_1": (357_321, "4bd0f6dee3c1824b51b0dafb9fce2b00933e8053fcd4a7b99b6202e1b8b49f9e"),
    "irregular_past_participle_verbs": (420_119, "75a990117c1a403d3b479e0fbe170f6919c2408def738ffcea8c62b49b70a555"),
    "npi_present_1": (438_013, "9aa85dc5c2b0d85ea51f21db50d6d327ab5b45d1669e386d54b1360d3ac954af"),
    "regular_plural_subject_verb_agreement_1": (
        451_850, "1a18d94062c8e792c0a200a3b00dff0e051a92bb084c05e9b5e5c73bee32a620",
    ),
    "sentential_negation_npi_licensor_present": (
        490_996, "c43405aca13ba4aa6ad87f9b051e4ba5fc458f24e683cfe0af23e6e09ec7268b",
    ),
    "wh_questions_subject_gap": (389_983, "3c33e4efc7182824211ff3288694cf010f4ce84f85c8df67410d784139c722b3"),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class RemoteFile:
    """One file that can be downloaded.

    Args:
        path: where it is kept, relative to a folder of data.
        address: where it is on the web.
        n_bytes: its size.
        sha256: its checksum, in hexadecimal.
    """

    path: str
    address: str
    n_bytes: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class DataSet:
    """A data set of one or more files.

    Args:
        name: what one asks for.
        about: what it is, in a few words.
        license: its license.
        files: its files.
    """

    name: str
    about: str
    license: str
    files: tuple[RemoteFile, ...]

    @property
    def n_bytes(self) -> int:
        """Size of all files."""
        return sum(file.n_bytes for file in self.files)


def _set(name: str, about: str, license: str, *file: str | int) -> DataSet:
    """A data set of one file: path, address, size, checksum."""
    path, address, n_bytes, sha256 = file
    return DataSet(
        name=name,
        about=about,
        license=license,
        files=(RemoteFile(path=path, address=address, n_bytes=n_bytes, sha256=sha256),),
    )


_ALL = (
    _set(
        "tinyshakespeare", "1.1 million characters of Shakespeare's plays", "public domain",
        "tinyshakespeare.txt", f"{_GITHUB}/karpathy/char-rnn/master/data/tinyshakespeare/input.txt",
        1_115_394, "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed",
    ),
    _set(
        "tinystories", "two million short stories in the words of a four-year-old", "CDLA-Sharing-1.0",
        "TinyStories-train.txt", f"{_TINYSTORIES}/TinyStories-train.txt",
        1_924_281_556, "c5cf5e22ff13614e830afbe61a99fbcbe8bcb7dd72252b989fa1117a368d401f",
    ),
    _set(
        "tinystories-valid", "the validation part of tinystories, a hundredth of its size", "CDLA-Sharing-1.0",
        "TinyStories-valid.txt", f"{_TINYSTORIES}/TinyStories-valid.txt",
        19_447_282, "94e431816c4cce81ff71e4408ff8d3bda9a42e8d2663986697c3954288cb38b4",
    ),
    _set(
        "gsm8k", "1,319 grade-school problems in arithmetic", "MIT",
        "gsm8k_test.jsonl", f"{_GITHUB}/openai/grade-school-math/master/grade_school_math/data/test.jsonl",
        749_738, "3730d312f6e3440559ace48831e51066acaca737f6eabec99bccb9e4b3c39d14",
    ),
    _set(
        "humaneval", "164 Python problems with tests", "MIT",
        "HumanEval.jsonl.gz", f"{_GITHUB}/openai/human-eval/master/data/HumanEval.jsonl.gz",
        44_877, "b796127e635a67f93fb35c04f4cb03cf06f38c8072ee7cee8833d7bee06979ef",
    ),
    _set(
        "winogender", "720 sentences on gender and occupation", "MIT",
        "winogender_all_sentences.tsv", f"{_GITHUB}/rudinger/winogender-schemas/master/data/all_sentences.tsv",
        83_644, "bd69da16bf228cb8df63fd0843aec2d8b5c36a7f21bf8c7b168bcc83932556c8",
    ),
    _set(
        "crows-pairs", "1,508 sentence pairs on social bias; offensive by design", "CC BY-SA 4.0",
        "crows_pairs_anonymized.csv", f"{_GITHUB}/nyu-mll/crows-pairs/master/data/crows_pairs_anonymized.csv",
        437_764, "dfb36986ce0502abbaf7055b9176da3d08d48e07df1251991b5dfbcbceab9d0c",
    ),
    DataSet(
        name="blimp", about="10,000 pairs of a right and a wrong sentence, 10 of BLiMP's 67 kinds", license="CC BY 4.0",
        files=tuple(
            RemoteFile(path=f"blimp/{name}.jsonl", n_bytes=n_bytes, sha256=sha256,
                       address=f"{_GITHUB}/alexwarstadt/blimp/master/data/{name}.jsonl")
            for name, (n_bytes, sha256) in _BLIMP.items()
        ),
    ),
)  # fmt: skip

DATA_SETS: dict[str, DataSet] = {data_set.name: data_set for data_set in _ALL}
