import type { ApiError } from "../session/api.ts";
import { t } from "./strings.ts";

/** What a failed request means for the person at the screen, and what to do about it. */
export function failureText(error: ApiError): string {
	const detail = error.message;
	if (error.code === "network") return t("network");
	if (error.status === 401) return t("expired");
	if (error.status === 403) return t("forbidden", { detail });
	if (error.status === 404) return t("missing");
	if (error.status === 429) return t("tooMany");
	if (error.status >= 500 || error.status === 0) return t("unexpected");
	return t("serverSays", { detail });
}
