"""The base of all settings models."""

from pydantic import BaseModel, ConfigDict


class SettingsModel(BaseModel):
    """Frozen, validated, no unknown names: a typo is an error, not a default."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)
