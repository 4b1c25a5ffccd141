import "@inlay/ui/styles.css";
import "../shell/shell.css";
import { catalogue, EmptyState, setLanguage, textOf } from "@inlay/ui";
import { render } from "preact";

const t = textOf(
	catalogue(
		{
			title: "Nothing open here",
			text: "Work that needs more room than the phone panel opens here. Calls stay in the panel.",
		},
		{
			title: "Hier ist nichts geöffnet",
			text: "Hier öffnet sich, was mehr Platz braucht als das Telefonpanel. Anrufe bleiben im Panel.",
		},
	),
);

setLanguage(navigator.language);
const place = document.getElementById("inlay");

/** The second frame that host pages may have (framework-contract 1): no medium of this panel has a work area yet. */
if (place) {
	render(
		<EmptyState icon="headset" title={t("title")}>
			<p>{t("text")}</p>
		</EmptyState>,
		place,
	);
}
