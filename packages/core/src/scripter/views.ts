import type { ScriptDocument } from "@inlay/contract/scripter/agent-script";
import type { AgentScript, PublishedScript } from "./model.ts";

type Names = ReadonlyMap<string, string>;

const division = (id: string, names: Names) => ({
	id,
	name: names.get(id) ?? "",
	selfUri: `/api/v2/authorization/divisions/${id}`,
});

const startName = ({ pages, startPageId }: ScriptDocument) => pages.find(({ id }) => id === startPageId)?.name ?? "";

/** `Script` of a draft (platform-api 5.18); its pages come by their own operation. */
export function scriptView(script: AgentScript, names: Names) {
	const { id, name, divisionId, document, dateCreated, dateModified, published } = script;
	return {
		id,
		name,
		division: division(divisionId, names),
		versionId: `draft-${script.version}`,
		createdDate: dateCreated.toISOString(),
		modifiedDate: dateModified.toISOString(),
		...(published ? { publishedDate: published.at.toISOString() } : {}),
		versionDate: dateModified.toISOString(),
		startPageId: document.startPageId,
		startPageName: startName(document),
		variables: variablesView(document),
		customActions: actionsView(document),
		selfUri: `/api/v2/scripts/${id}`,
	};
}

/** `Script` as it was published. */
export function publishedView(version: PublishedScript, names: Names) {
	const { id: versionId, scriptId: id, name, divisionId, document, publishedAt } = version;
	const at = publishedAt.toISOString();
	return {
		id,
		name,
		division: division(divisionId, names),
		versionId,
		publishedDate: at,
		versionDate: at,
		startPageId: document.startPageId,
		startPageName: startName(document),
		variables: variablesView(document),
		customActions: actionsView(document),
		selfUri: `/api/v2/scripts/published/${id}`,
	};
}

/** `Page`: the form of `rootContainer` is ours (agent-features 17). */
export function pageViews({ pages }: ScriptDocument, versionId: string, path: string) {
	return pages.map(({ id, name, root, ...properties }) => ({
		...{ id, name, versionId, properties, rootContainer: root },
		selfUri: `${path}/pages/${id}`,
	}));
}

/** By name. */
export function variablesView({ variables }: ScriptDocument) {
	return Object.fromEntries(variables.map(({ name, ...rest }) => [name, rest]));
}

function actionsView({ actions }: ScriptDocument) {
	return Object.fromEntries(actions.map(({ id, ...rest }) => [id, rest]));
}
