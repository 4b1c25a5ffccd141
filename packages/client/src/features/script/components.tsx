import type { ContainerComponent, ScriptComponent, TextComponent } from "@inlay/contract/scripter/agent-script";
import { evaluate, isTrue, type Lookup } from "@inlay/contract/scripter/evaluate";
import { interpolate, interpolatedParts, webAddress } from "@inlay/contract/scripter/interpolate";
import { parseExpression } from "@inlay/contract/scripter/parse";
import { Button } from "@inlay/ui";
import type { ComponentChildren } from "preact";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { Input } from "./inputs.tsx";
import { attributesOf } from "./lookup.ts";
import type { OpenScript } from "./open-script.ts";
import { t } from "./strings.ts";

export interface Props<C> {
	script: OpenScript;
	workspace: Workspace;
	call: LiveInteraction;
	component: C;
}

/** One component of a page; the keyboard goes as the tree does. */
export function Component(props: Props<ScriptComponent>) {
	const { script, call, component } = props;
	const lookup = script.lookup(call);
	if (component.visibleIf !== undefined && !holds(component.visibleIf, lookup)) return null;
	if ("variable" in component) return <Input {...props} component={component} lookup={lookup} />;
	switch (component.kind) {
		case "container":
			return <Container {...props} component={component} />;
		case "text":
			return <Text component={component} lookup={lookup} />;
		case "divider":
			return <hr />;
		case "image":
			return <img class="script-image" src={component.address} alt={component.alt} referrerpolicy="no-referrer" />;
		case "button":
			return (
				<Button
					busy={script.busy.value}
					data-script-button={component.id}
					onClick={() => void script.press(interpolate(component.label, lookup), component.steps)}
				>
					{interpolate(component.label, lookup)}
				</Button>
			);
		case "phoneLink":
		case "emailLink":
			return <Link {...props} component={component} lookup={lookup} />;
		case "webPage":
			return <WebPage component={component} lookup={lookup} />;
		case "attributeTable":
			return <Attributes label={interpolate(component.label, lookup)} names={component.names} call={call} />;
		case "progress":
			return <Progress script={script} pageIds={component.pageIds} />;
	}
}

function holds(expression: string, lookup: Lookup): boolean {
	return isTrue(evaluate(parseExpression(expression), lookup));
}

function Container({ component, ...rest }: Props<ContainerComponent>) {
	return (
		<div class="script-container" data-layout={component.layout} style={{ gap: `${component.gap ?? 8}px` }}>
			{component.children.map((child) => (
				<Component key={child.id} {...rest} component={child} />
			))}
		</div>
	);
}

function Text({ component: { role, text }, lookup }: { component: TextComponent; lookup: Lookup }) {
	const content = interpolatedParts(text, lookup).map((part, at) =>
		part.missing ? (
			<span key={at} class="script-missing" title={part.variable}>
				<span class="ui-hidden">{t("missing")}</span>
			</span>
		) : (
			<bdi key={at}>{part.variable === undefined ? bold(part.text) : part.text}</bdi>
		),
	);
	if (role === "heading") return <h4 class="script-heading">{content}</h4>;
	return <p class={role === "note" ? "script-text ui-hint" : "script-text"}>{content}</p>;
}

/** `**bold**` is the only markup; a value of the customer's is none. */
function bold(text: string): ComponentChildren[] {
	return text.split(/\*\*(.+?)\*\*/).map((part, at) => (at % 2 === 1 ? <strong key={at}>{part}</strong> : part));
}

function Link({
	workspace,
	call,
	component: { kind, target, label },
	lookup,
}: Props<Extract<ScriptComponent, { kind: "phoneLink" | "emailLink" }>> & { lookup: Lookup }) {
	const address = interpolate(target, lookup);
	const text = interpolate(label ?? target, lookup);
	if (address.trim() === "") return null;
	if (kind === "emailLink") return <a href={`mailto:${encodeURIComponent(address)}`}>{text}</a>;
	const dial = () =>
		workspace.calls.dial({ type: "call", address, attributes: {}, ...(call.queueId ? { queueId: call.queueId } : {}) });
	return (
		<button type="button" class="script-link" onClick={() => void workspace.attempt("dial", dial)}>
			<bdi>{text}</bdi>
		</button>
	);
}

/** In a frame without scripts of ours, and without a way out of it. */
function WebPage({
	component: { title, address, height },
	lookup,
}: {
	component: Extract<ScriptComponent, { kind: "webPage" }>;
	lookup: Lookup;
}) {
	const src = webAddress(address, lookup);
	if (!src) return <p class="ui-error">{t("unsafe")}</p>;
	return (
		<iframe
			class="script-web"
			title={interpolate(title, lookup) || t("webPage", { host: new URL(src).hostname })}
			src={src}
			sandbox="allow-scripts allow-forms allow-same-origin allow-popups"
			referrerpolicy="no-referrer"
			style={{ height: `${height ?? 320}px` }}
		/>
	);
}

function Attributes({ label, names, call }: { label: string; names: string[] | undefined; call: LiveInteraction }) {
	const all = attributesOf(call);
	const shown = (names ?? Object.keys(all).sort()).filter((name) => all[name]);
	if (shown.length === 0) return <p class="ui-hint">{t("noAttributes")}</p>;
	return (
		<table class="script-attributes">
			<caption>{label}</caption>
			<tbody>
				{shown.map((name) => (
					<tr key={name}>
						<th scope="row">
							<bdi>{name}</bdi>
						</th>
						<td>
							<bdi>{all[name]}</bdi>
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}

function Progress({ script, pageIds }: { script: OpenScript; pageIds: string[] }) {
	const at = pageIds.indexOf(script.pageId.value);
	const name = script.view.value?.script.document.pages.find(({ id }) => id === pageIds[at])?.name ?? "";
	if (at < 0) return null;
	const text = t("page", { at: at + 1, all: pageIds.length, name });
	return <progress class="script-progress" aria-label={text} title={text} value={at + 1} max={pageIds.length} />;
}
