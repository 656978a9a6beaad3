"""Strategies of requests as they come in, and of what a host knows of them."""

from rules_engine.models import ApiKey, Endpoint, RateUsage, RequestAuthorize, StoredRequest
from rules_engine.testing.strategies.plural import plural

request_authorizes = plural("request_authorizes", RequestAuthorize)
api_keys = plural("api_keys", ApiKey)
endpoints = plural("endpoints", Endpoint)
rate_usages = plural("rate_usages", RateUsage)
stored_requests = plural("stored_requests", StoredRequest)
