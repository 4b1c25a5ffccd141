import { setLanguage } from "@inlay/ui";
import { t } from "./sign-in-window-strings.ts";

/** That the window can be closed. */
export async function showHandedBack(): Promise<void> {
	await setLanguage(navigator.languages);
	const text = document.createElement("p");
	text.style.padding = "32px";
	text.textContent = t("done");
	document.getElementById("inlay")?.append(text);
}
