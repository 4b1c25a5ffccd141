import { shellTexts, t } from "./strings.ts";

/** The panel's own sentence for a problem; the server's where it knows more codes than this panel. */
export function problemText({ code, text }: { code: string; text: string }): string {
	if (code === "network") return t("problemNetwork");
	if (code === "insecure") return t("problemInsecure");
	return code in shellTexts.en ? t(code as keyof typeof shellTexts.en, { detail: text }) : text;
}
