import type { ScriptReport } from "../framework/ports.ts";
import { t } from "./strings.ts";
import type { Toasts } from "./toasts.ts";

/**
 * Says what the panel's content security policy has kept from the customer's script: otherwise nobody learns why half of
 * it does not work. Whoever looks after the deployment can allow the address.
 *
 * @param tell hears of it too, so that this somebody learns of it
 */
export function watchBlockedLoads(toasts: Toasts, tell: (report: ScriptReport) => void): void {
	document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile, lineNumber }) => {
		console.warn("inlay: blocked by the panel's policy", { effectiveDirective, blockedURI, sourceFile, lineNumber });
		if (!effectiveDirective.startsWith("script-src")) return;
		const origin = URL.parse(blockedURI)?.origin;
		const text = origin && origin !== "null" ? t("scriptBlocked", { origin }) : t("scriptTextBlocked");
		toasts.show({ text, tone: "warn" }, 15_000);
		tell({
			code: "framework.load.blocked",
			text: origin && origin !== "null" ? origin : `${effectiveDirective}: inline`,
		});
	});
}
