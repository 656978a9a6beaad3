"""A function for each model that generates its instances: everything that the model admits, from its annotations.

Of the facts, only such as a draft document could state.
"""

import inspect
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from functools import cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, TypeVar, Union, cast, get_args, get_origin

import attrs
from attrs import frozen
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from rules_engine.models import (
    UNSET,
    AccountObject,
    Facts,
    Missing,
    PaymentLink,
    Price,
    PromotionCode,
    Session,
    StoredLinkLine,
    Unset,
)
from rules_engine.models.code_text import fold_code
from rules_engine.models.currency import fold_currency
from rules_engine.models.formats import Format
from rules_engine.models.merchant import fold_pair
from rules_engine.models.payment import least_refunded
from rules_engine.nearest import did_you_mean
from rules_engine.testing.strategies.formats import FORMATS, INTEGERS, TEXTS, instants

M = TypeVar("M")

MOST_OBJECTS: Final = 3
"""The most objects by a key: facts are a dozen such maps, and with more in each few draws would be whole drafts."""

_PACKAGE: Final = "rules_engine.testing.strategies"


@frozen(repr=False, eq=False)
class Source:
    """What the values of models are drawn from.

    Attributes:
        formats: The values of each format.
        plain: The values of each type that has no parts.
        fields: The values of some fields of some models, in place of those of the field's type.
        texts: The texts of a field of a model, which are also the keys of its objects.
        most: The most items of a list; None is any number.
        whole: The models of which no field is left out.
    """

    formats: Mapping[Format, SearchStrategy[Any]]
    plain: Mapping[Any, SearchStrategy[Any]]
    fields: Mapping[tuple[type, str], SearchStrategy[Any]] = {}
    texts: Callable[[type, str], SearchStrategy[str]] = lambda _, __: TEXTS
    most: int | None = None
    whole: Collection[type] = ()

    def models(self, cls: type[M], /, **given: SearchStrategy[Any]) -> SearchStrategy[M]:
        """Generate instances of a model; a field that has a default is often left out.

        Args:
            cls: The class; facts do not contradict each other.
            given: The values of some fields, which are then never left out.
        """
        required = dict(given)
        optional: dict[str, SearchStrategy[Any]] = {}
        for field in attrs.fields(cls):  # type: ignore[arg-type]  # every model is an attrs class
            # Whose an object is, is left out: most objects would be another account's, and missing.
            if field.init and field.name not in given and not (field.inherited and issubclass(cls, AccountObject)):
                values = self.values_of(cls, field.name, field.type)
                (required if field.default is attrs.NOTHING or cls in self.whole else optional)[field.name] = values
        return _made(cls, st.fixed_dictionaries(required, optional=optional))

    def values_of(self, cls: type, field: str, kind: Any) -> SearchStrategy[Any]:
        """Generate the values of a field.

        Args:
            cls: The model.
            field: The name of the field.
            kind: Its annotation.
        """
        if (cls, field) in self.fields:
            return self.fields[cls, field]
        texts = self.texts(cls, field)
        if cls is Facts and field in key_fields():
            objects = self.values(get_args(kind)[1], texts)
            several = st.lists(objects, max_size=MOST_OBJECTS, unique_by=partial(_key, field))
            return several.map(lambda known: {_key(field, value): value for value in known})
        # Made when it is first drawn from: the models of its values may hold each other.
        return st.deferred(lambda: self.values(kind, texts))

    def values(self, kind: Any, texts: SearchStrategy[str]) -> SearchStrategy[Any]:
        """Generate the values of a type.

        Args:
            kind: The annotation of a field.
            texts: The texts among them.
        """
        origin, arguments = get_origin(kind), get_args(kind)
        if origin is Annotated:
            return self.formats[arguments[1]]
        if origin in (Union, UnionType):
            return st.one_of([self.values(member, texts) for member in reversed(arguments)])
        if origin is Literal:
            return st.sampled_from(arguments)
        if origin is tuple:
            return st.lists(self.values(arguments[0], texts), max_size=self.most).map(tuple)
        if origin is Mapping:
            return st.dictionaries(texts, self.values(arguments[1], texts), max_size=MOST_OBJECTS)
        return self.models(kind) if attrs.has(kind) else {**self.plain, str: texts}[kind]


@st.composite
def _made(draw: st.DrawFn, cls: type[M], fields: SearchStrategy[dict[str, Any]]) -> M:
    # Mapped, an instance would be reported as the call that made it, and not as what it is.
    instance = cls(**draw(fields))
    return cast("M", _consistent(instance)) if isinstance(instance, Facts) else instance


ADMITTED: Final = Source(
    FORMATS,
    {
        NoneType: st.none(),
        Unset: st.just(UNSET),
        bool: st.booleans(),
        int: INTEGERS,
        datetime: instants(),
        date: st.dates(),
    },
)
"""All values that the models admit."""


def plural(name: str, cls: type[M]) -> Callable[..., SearchStrategy[M]]:
    """Make the function that generates the instances of a model.

    It takes a strategy for each field, by keyword. A field that is not named, or is `...`, has everything that the
    model admits, and is often left out where it has a default.

    Args:
        name: The name of the function.
        cls: The model.
    """
    fields = {field.name: field.type for field in attrs.fields(cls)}  # type: ignore[arg-type]  # every model is an attrs class

    def strategy(**given: Any) -> SearchStrategy[M]:
        return ADMITTED.models(cls, **named_fields(name, given, fields))

    strategy.__name__ = strategy.__qualname__ = name
    strategy.__module__ = _PACKAGE
    strategy.__doc__ = _documentation(cls, fields)
    strategy.__signature__ = _signature(cls, fields)  # type: ignore[attr-defined]  # for `inspect.signature` to read
    return strategy


def named_fields(name: str, given: Mapping[str, Any], fields: Collection[str]) -> dict[str, SearchStrategy[Any]]:
    """Return the strategies that a call gives, by field; `...` gives none.

    Args:
        name: The name of the function that is called.
        given: The arguments of the call.
        fields: The names of the model's fields.

    Raises:
        InvalidArgument: The model has no such field, or what is given is no strategy.
    """
    values = {field: value for field, value in given.items() if value is not ...}
    for field, value in values.items():
        if field not in fields:
            known = did_you_mean(field, fields) or f"; its fields are {', '.join(fields) or 'none'}"
            raise InvalidArgument(f"{name} has no field {field}{known}")
        if not isinstance(value, SearchStrategy):
            raise InvalidArgument(f"{name}: {field} takes a strategy, such as st.just(...), and not {value!r}")
    return values


def _documentation(cls: type, fields: Mapping[str, Any]) -> str:
    summary = f"Generate every `{cls.__name__}` of `{cls.__module__}`."
    arguments = [f"    {field}: A strategy of `{_shown(kind)}`." for field, kind in fields.items()]
    return "\n".join([summary, "", "Args:", *arguments] if arguments else [summary])


def _shown(kind: Any) -> str:
    return inspect.formatannotation(kind).replace("rules_engine.models.", "")


def _signature(cls: type, fields: Mapping[str, Any]) -> inspect.Signature:
    parameters = [
        inspect.Parameter(
            field,
            inspect.Parameter.KEYWORD_ONLY,
            default=...,
            annotation=SearchStrategy[kind],  # type: ignore[valid-type]  # made at run time
        )
        for field, kind in fields.items()
    ]
    return inspect.Signature(parameters, return_annotation=SearchStrategy[cls])  # type: ignore[valid-type]  # made at run time


_FOLDS: Final = {"promotion_codes_by_code": fold_code, "exchange_rates": fold_pair, "balances": fold_currency}
"""How the keys of a part of the facts are folded; the other keys are kept as they are."""
_RECORDS: Final = {"sessions": "session", "customers": "customer", "payment_links": "payment_link"}
"""The part of `missing` to the one record that it is about."""


@cache
def key_fields() -> Mapping[str, str]:
    """List the parts of the facts that hold objects by a key of their own, each with the field that is the key."""
    keys: dict[str, str] = {}
    for field in attrs.fields(Facts):
        if get_origin(field.type) is Mapping:
            identity = attrs.fields_dict(get_args(field.type)[1]).get("id")
            if identity is not None and identity.default is attrs.NOTHING:
                keys[field.name] = "id"
    return {**keys, "promotion_codes_by_code": "code"}


def _key(part: str, value: object) -> str:
    return _fold(part, getattr(value, key_fields()[part]))


def _fold(part: str, key: str) -> str:
    """Fold a key of a part of the facts as the wire folds it."""
    return _FOLDS[part](key) if part in _FOLDS else key


def _consistent(facts: Facts) -> Facts:
    """Fix what no draft document could state.

    Keys are folded, nothing that is known is missing, there is one default configuration and one API key of each
    digest, each price with a fixed amount has one, and one product, the session has one customer, each line of the
    payment link names one price, each promotion code has one truth, and as much of a charge is refunded as its refunds
    show.
    """
    folded: dict[str, Any] = {
        part: {_fold(part, key): value for key, value in getattr(facts, part).items()} for part in _FOLDS
    }
    folded["promotion_codes_by_code"] = {
        key: _other_than(code, facts.promotion_codes) for key, code in folded["promotion_codes_by_code"].items()
    }
    folded["charges"] = {
        key: attrs.evolve(charge, amount_refunded=max(charge.amount_refunded, least_refunded(charge)))
        for key, charge in facts.charges.items()
    }
    prices = {key: _consistent_price(price) for key, price in facts.prices.items()}
    default = next((key for key, known in facts.configurations.items() if known.is_default), None)
    configurations = {
        key: attrs.evolve(known, is_default=known.is_default and key == default)
        for key, known in facts.configurations.items()
    }
    session = None if facts.session is None else _with_one_customer(facts.session)
    link = None if facts.payment_link is None else _with_prices(facts.payment_link)
    keys = None if facts.api_keys is None else tuple({key.sha256.lower(): key for key in facts.api_keys}.values())
    facts = attrs.evolve(
        facts, **folded, session=session, prices=prices, configurations=configurations, api_keys=keys, payment_link=link
    )
    return attrs.evolve(facts, missing=_missing(facts))


def _other_than(code: PromotionCode, known: Mapping[str, PromotionCode]) -> PromotionCode:
    """Return a promotion code under an id that is not known of another one."""
    while known.get(code.id, code) != code:
        code = attrs.evolve(code, id=f"{code.id}_")
    return code


def _consistent_price(price: Price) -> Price:
    if price.product is not None and price.product_id is not None:
        price = attrs.evolve(price, product_id=price.product.id)
    return price if price.type == "CUSTOM" or price.unit_amount is not None else attrs.evolve(price, unit_amount=0)


def _with_one_customer(session: Session) -> Session:
    if session.customer is None or session.customer_id is None:
        return session
    return attrs.evolve(session, customer_id=session.customer.id)


def _with_prices(link: PaymentLink) -> PaymentLink:
    return (
        link if link.line_items is None else attrs.evolve(link, line_items=tuple(map(_with_one_price, link.line_items)))
    )


def _with_one_price(line: StoredLinkLine) -> StoredLinkLine:
    if line.price is None:
        return attrs.evolve(line, price_id=line.price_id or "")
    return attrs.evolve(line, price_id=None if line.price_id is None else line.price.id)


def _missing(facts: Facts) -> Missing:
    parts: dict[str, Any] = {}
    for field in attrs.fields(Missing):
        part = field.name
        record = getattr(facts, _RECORDS.get(part, part))
        known = set(record) if isinstance(record, Mapping) else {getattr(record, "id", None)}
        keys = (_fold(part, key) for key in getattr(facts.missing, part))
        parts[part] = tuple(key for key in keys if key not in known)
    return Missing(**parts)
