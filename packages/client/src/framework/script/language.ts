/** The language a script wants the panel in (framework-contract 2, point 4, and 3). */
import type { FrameworkConfig } from "@inlay/contract";
import type { Guard } from "../guard.ts";
import type { Timers } from "../ports.ts";

/** Codes in circulation that are no BCP 47 tags for what they mean. */
const MISNAMED: Readonly<Record<string, string>> = { jp: "ja", "zh-ch": "zh-CN" };

/** A BCP 47 tag for what a script has said, or undefined for nonsense. */
export function languageTag(given: unknown): string | undefined {
	if (typeof given !== "string") return undefined;
	const tag = given.trim().replaceAll("_", "-");
	try {
		return Intl.getCanonicalLocales(MISNAMED[tag.toLowerCase()] ?? tag)[0];
	} catch {
		return undefined;
	}
}

export interface LanguageParts {
	guard: Guard;
	timers: Timers;
	timeoutMs: number;
	/** Used when the script says nothing in time: what the browser is set to, in the order of preference. */
	fallback: readonly string[];
	/** Hears the language; again when the script answers after all. */
	found: (language: string | readonly string[]) => void;
}

/** Asks the script, if it has an answer to give. Some real files never call back. */
export function askLanguage(config: FrameworkConfig, parts: LanguageParts): void {
	const ask = config.getUserLanguage;
	if (ask === undefined) {
		parts.found(parts.fallback);
		return;
	}
	let told = false;
	const tell = (language: string | readonly string[]) => {
		told = true;
		cancel();
		parts.found(language);
	};
	const cancel = parts.timers.after(parts.timeoutMs, () => {
		if (!told) parts.found(parts.fallback);
	});
	const fallBack = () => tell(parts.fallback);
	parts.guard("getUserLanguage", () => ask((given) => tell(languageTag(given) ?? parts.fallback)), fallBack);
}
