import io
import os
import zipfile

from onrecord.record.packing import write_zip


def packed(folder):
    file = io.BytesIO()
    write_zip(file, folder)
    return file.getvalue()


def test_the_files_are_in_it_under_the_name_of_their_folder(tmp_path):
    folder = tmp_path / "2016-11"
    (folder / "more").mkdir(parents=True)
    (folder / "b.csv").write_text("b")
    (folder / "more" / "a.csv").write_text("a" * 100)
    with zipfile.ZipFile(io.BytesIO(packed(folder))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "2016-11/b.csv": b"b",
            "2016-11/more/a.csv": b"a" * 100,
        }


def test_the_bytes_do_not_depend_on_when_and_by_whom_the_files_were_written(tmp_path):
    folder = tmp_path / "2016-11"
    folder.mkdir()
    (folder / "a.csv").write_text("a")
    before = packed(folder)
    os.utime(folder / "a.csv", (1, 1))
    (folder / "a.csv").chmod(0o600)
    assert packed(folder) == before
