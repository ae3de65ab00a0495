"""The few errors of the application, each with the code and status that the contract gives it."""

from __future__ import annotations

from typing import Any, ClassVar


class Problem(Exception):
    """Something a person or a program asked for that cannot be done, said in a sentence.

    `fields` maps a field's name to what is wrong with it; `op` is the index of the operation at fault;
    `extra` travels as further keys of the answer (for instance `text` and `seq` of `stale_text`).
    """

    status: ClassVar[int] = 400
    default_code: ClassVar[str] = "invalid"

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        fields: dict[str, str] | None = None,
        op: int | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.default_code
        self.fields = fields or {}
        self.op = op
        self.extra = extra

    def at_op(self, index: int) -> Problem:
        """The same problem, naming the operation it belongs to unless it already names one."""
        if self.op is None:
            self.op = index
        return self

    def as_json(self) -> dict[str, Any]:
        body: dict[str, Any] = {"error": self.code, "message": self.message, "fields": self.fields}
        if self.op is not None:
            body["op"] = self.op
        return body | self.extra


class BadRequest(Problem):
    status = 400
    default_code = "invalid"


class NotSignedIn(Problem):
    status = 401
    default_code = "not_signed_in"


class Forbidden(Problem):
    status = 403
    default_code = "forbidden"


class NotFound(Problem):
    status = 404
    default_code = "not_found"


class Gone(Problem):
    """The record that an operation names is not, or no longer, in the document."""

    status = 404
    default_code = "gone"


class Conflict(Problem):
    status = 409
    default_code = "conflict"


class Expired(Problem):
    """What was asked for lies below the floor of the log, above its head, or in another log."""

    status = 410
    default_code = "expired"


class TooLarge(Problem):
    status = 413
    default_code = "too_large"


class Unprocessable(Problem):
    status = 422
    default_code = "unprocessable"


class TooFast(Problem):
    status = 429
    default_code = "too_fast"


class Unavailable(Problem):
    status = 503
    default_code = "unavailable"
