import "@inlay/ui/styles.css";
import { setLanguage, useLanguages } from "@inlay/ui";
import { render } from "preact";
import { languageLoaders } from "../languages/loaders.ts";
import { SelfTestPage } from "./page.tsx";
import { playsUnasked } from "./plays-unasked.ts";

// Before anybody clicks: a click allows sound.
const asked = playsUnasked();

useLanguages(languageLoaders);
const deployment = new URLSearchParams(location.search).get("deployment") ?? undefined;
void Promise.all([asked, setLanguage(navigator.languages)]).then(([plays]) => {
	const root = document.getElementById("inlay");
	if (root) render(<SelfTestPage deployment={deployment} playsUnasked={plays} />, root);
});
