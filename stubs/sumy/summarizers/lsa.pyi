from sumy.models.dom import ObjectDocumentModel
from sumy.summarizers._summarizer import AbstractSummarizer

class LsaSummarizer(AbstractSummarizer):
    def _create_dictionary(self, document: ObjectDocumentModel) -> dict[str, int]: ...
