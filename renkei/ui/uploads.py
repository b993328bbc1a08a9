"""Files on their way in: no more of one is kept than any page takes, however much is sent."""

from django.core.files.uploadhandler import TemporaryFileUploadHandler

LARGEST = 50 * 1024 * 1024


class BoundedFile(TemporaryFileUploadHandler):
    """Writes the beginning of a file to disk and only counts the rest; its size tells the form that it is too large."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= LARGEST:
            self.file.write(raw_data)
