"""Messages as text, as protobuf printed them to TensorFlow 1.15: entries of maps sorted, floats as Python prints them."""
import inspect
import io

from google.protobuf import text_format
from google.protobuf.descriptor import FieldDescriptor


class _Printer(text_format._Printer):
    """Prints all digits of floats; protobuf's own prints the fewest that tell one from its neighbours."""

    def PrintFieldValue(self, field, value):
        if field.cpp_type == FieldDescriptor.CPPTYPE_FLOAT:
            self.out.write(str(value))
        else:
            super().PrintFieldValue(field, value)


def _printed(message):
    out = io.StringIO()
    _Printer(out).PrintMessage(message)
    return out.getvalue()


def _formatted(message):
    return text_format.MessageToString(message, float_format='')


# Protobuf 7 has no float_format.
text_of = _formatted if 'float_format' in inspect.signature(text_format.MessageToString).parameters else _printed
