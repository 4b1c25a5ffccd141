import { badField } from "../kernel/http/api-error.ts";

/** A language as it is kept (BCP 47). @throws ApiError 400 naming the field */
export function readLanguage(language: string, field: string): string {
	try {
		const [canonical] = Intl.getCanonicalLocales(language.trim());
		if (canonical) return canonical;
	} catch {
		// What it says stands below.
	}
	throw badField(field, `"${language.slice(0, 40)}" names no language: en, en-GB and pt-BR do.`);
}
