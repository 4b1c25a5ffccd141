import "@inlay/ui/styles.css";
import "../shell/shell.css";
import { EmptyState, setLanguage, useLanguages } from "@inlay/ui";
import { render } from "preact";
import { languageLoaders } from "../languages/loaders.ts";
import { t } from "./interaction-strings.ts";

useLanguages(languageLoaders);
const place = document.getElementById("inlay");

/** The second frame that host pages may have (framework-contract 1): no medium of this panel has a work area yet. */
void setLanguage(navigator.languages).then(() => {
	if (!place) return;
	render(
		<EmptyState icon="headset" title={t("title")}>
			<p>{t("text")}</p>
		</EmptyState>,
		place,
	);
});
