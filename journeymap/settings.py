"""All settings, read from the environment; the README lists every variable."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from journeymap.core import env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("DATA_DIR") or BASE_DIR / "var").resolve()

# Where it runs
DATABASE_URL = env.text("DATABASE_URL")
REDIS_URL = env.text("REDIS_URL")
DATABASES = {"default": env.database(DATABASE_URL, data_dir=DATA_DIR)}
IS_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
EMBEDDED = IS_SQLITE and not REDIS_URL
DEBUG = env.flag("DEBUG")
HOST = env.text("HOST") or "127.0.0.1"
PORT = env.whole("PORT", 8000, most=65535)
PUBLIC_URL = env.address("PUBLIC_URL")
PUBLIC_HOST = urlsplit(PUBLIC_URL).hostname or ""
BEHIND_TLS = PUBLIC_URL.startswith("https://")
TRUSTED_PROXIES = env.whole("TRUSTED_PROXIES", 0, most=10)


def read_or_make_secret_key() -> str:
    """The key from the environment; the embedded stack makes one of its own, readable by its owner only."""
    key = env.text("SECRET_KEY")
    if key:
        return key
    if not EMBEDDED:
        raise ImproperlyConfigured("Set SECRET_KEY or SECRET_KEY_FILE to at least 50 random characters.")
    path = DATA_DIR / "secret_key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(64))
        except FileExistsError:
            pass
    return path.read_text(encoding="utf-8")


SECRET_KEY = read_or_make_secret_key()
# Behind Django's own check of the Host header stands no wildcard: the embedded stack serves loopback and, when
# it listens on all addresses, whatever literal address of this machine a colleague typed (see core.hosts).
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
if PUBLIC_HOST and PUBLIC_HOST not in ALLOWED_HOSTS:
    ALLOWED_HOSTS.append(PUBLIC_HOST)
if EMBEDDED and HOST in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
    from journeymap.core.hosts import own_addresses

    ALLOWED_HOSTS += [address for address in own_addresses() if address not in ALLOWED_HOSTS]
elif HOST not in ALLOWED_HOSTS and HOST not in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
    ALLOWED_HOSTS.append(HOST)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []

# Who may come in
SIGN_UP = env.text("SIGN_UP") or ("open" if EMBEDDED else "closed")
DEMO = env.flag("DEMO", default=EMBEDDED)
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "/accounts/login/"
ACCOUNT_ADAPTER = "journeymap.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
# Without a mail server a confirmation can only be read on the console: then it is asked for, not required.
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if env.text("EMAIL_URL").startswith("smtp") else "optional"
ACCOUNT_FORMS = {
    "signup": "journeymap.accounts.forms.SignupForm",
    "login": "journeymap.accounts.forms.LoginForm",
    "reauthenticate": "journeymap.accounts.forms.ReauthenticateForm",
    "reset_password": "journeymap.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "journeymap.accounts.forms.ResetPasswordKeyForm",
    "change_password": "journeymap.accounts.forms.ChangePasswordForm",
    "set_password": "journeymap.accounts.forms.SetPasswordForm",
    "add_email": "journeymap.accounts.forms.AddEmailForm",
}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 2
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_USER_DISPLAY = str
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
# A whole office or workshop shares one address; what is guessed is limited per account and address ("key").
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,5/300s/key", "signup": "60/m/ip"}

INSTALLED_APPS = [
    "journeymap.core",
    "journeymap.accounts",
    "journeymap.sync",
    "personas",
    "maps",
    "exports",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "channels",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "allauth",
    "allauth.account",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "journeymap.core.middleware.ProblemMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "journeymap.urls"
ASGI_APPLICATION = "journeymap.asgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "journeymap.core.context.site",
            ],
        },
    }
]
# Forms are dressed by templates/django/forms/.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Live editing, cache and jobs: in this process, or on Redis
if REDIS_URL:
    # redis-py 8 would drop every idle socket after 5 s without this.
    LAYER_HOST = {"address": REDIS_URL, "socket_timeout": None}
    CHANNEL_LAYERS: dict[str, Any] = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [LAYER_HOST], "prefix": "journeymap"},
        }
    }
    CACHES: dict[str, Any] = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "journeymap",
        }
    }
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    # Not the usual 300 entries: whoever tries many doors would push the count of their tries out.
    LOCAL = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 100_000}}
    CACHES = {"default": LOCAL}
WRITER_THREADS = env.whole("WRITER_THREADS", 4, least=1, most=64)

# Files
STATIC_URL = "static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT") or DATA_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "django_manifeststaticfiles_enhanced.storage.EnhancedManifestStaticFilesStorage",
        "OPTIONS": {} if DEBUG else {"support_js_module_import_aggregation": True},
    },
}
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_USE_FINDERS = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

# Mail
globals().update(env.mail(env.text("EMAIL_URL")))
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM") or f"Journeymap <journeymap@{PUBLIC_HOST or 'localhost'}>"

# Language and time
LANGUAGE_CODE = env.text("LANGUAGE_CODE") or "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LOCALE_PATHS = [BASE_DIR / "locale"]

# Safety
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_AGE = 30 * 24 * 3600
CSRF_FAILURE_VIEW = "journeymap.core.views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if BEHIND_TLS else None
SECURE_SSL_REDIRECT = BEHIND_TLS and env.flag("SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = ["^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
X_FRAME_OPTIONS = "DENY"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "journeymap.accounts.authentication.BearerAuthentication",
        "journeymap.accounts.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["journeymap.core.rest.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["journeymap.core.rest.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "journeymap.core.rest.answer_problem",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Journeymap",
    "DESCRIPTION": "Maps of the journey of the people a team serves: REST beside the live socket.",
    "VERSION": "1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    # Three fields are called “role”: a member's, an invited person's, and that of a share link.
    "ENUM_NAME_OVERRIDES": {
        "RoleEnum": ["owner", "admin", "editor", "commenter", "viewer"],
        "InvitedRoleEnum": ["admin", "editor", "commenter", "viewer"],
        "ShareRoleEnum": ["view", "comment"],
    },
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL") or "INFO"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
EXPORT_ENGINE = env.text("EXPORT_ENGINE") or "painted"


def refuse_unsafe() -> None:
    """Stop before the first request where a setting would leave the door open."""
    if "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS may not be *: name the hosts, or set PUBLIC_URL.")
    if DEBUG and (not EMBEDDED or BEHIND_TLS):
        raise ImproperlyConfigured("DEBUG may be on in the embedded stack on this machine only.")
    if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5 or SECRET_KEY.startswith("django-insecure"):
        raise ImproperlyConfigured("SECRET_KEY must be at least 50 random characters.")
    if EXPORT_ENGINE not in {"painted", "html"}:
        raise ImproperlyConfigured("EXPORT_ENGINE must be painted or html.")
    if SIGN_UP not in {"open", "closed"}:
        raise ImproperlyConfigured("SIGN_UP must be open or closed.")
    if not EMBEDDED and not PUBLIC_URL:
        raise ImproperlyConfigured("Set PUBLIC_URL to the address people open, for instance https://maps.example.org.")


refuse_unsafe()
