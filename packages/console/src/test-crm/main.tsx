import { setLanguage, useLanguages } from "@inlay/ui";
import "@inlay/ui/styles.css";
import { render } from "preact";
import { languageLoaders } from "../languages/loaders.ts";
import { HostLog } from "./host-log.ts";
import { TestCrmPage } from "./page.tsx";

useLanguages(languageLoaders);
const asked = new URLSearchParams(location.search);
// The page's policy lets it frame our own panels alone, whatever stands in its address.
const panel = new URL(asked.get("panel") ?? "/", location.href);
void setLanguage(navigator.languages).then(() => {
	const root = document.getElementById("test-crm");
	if (root) render(<TestCrmPage panel={panel} log={new HostLog(window, panel.origin)} />, root);
});
