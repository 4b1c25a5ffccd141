import type { LanguageLoaders } from "@inlay/ui";

/** Each language is a chunk of its own; English is in the code. */
export const languageLoaders: LanguageLoaders = {
	de: () => import("./de.json"),
	fr: () => import("./fr.json"),
	es: () => import("./es.json"),
	it: () => import("./it.json"),
	pt: () => import("./pt.json"),
	nl: () => import("./nl.json"),
	pl: () => import("./pl.json"),
	sv: () => import("./sv.json"),
	tr: () => import("./tr.json"),
	ja: () => import("./ja.json"),
	ko: () => import("./ko.json"),
	"zh-Hans": () => import("./zh-Hans.json"),
	uk: () => import("./uk.json"),
	ar: () => import("./ar.json"),
};
