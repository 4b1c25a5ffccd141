import { Badge, Button } from "@inlay/ui";
import { Load, Screen, Section } from "../../shell/parts.tsx";
import { useLack } from "../../shell/rights.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import type { OutboundThing } from "./kind.ts";
import { type KindName, placeOf } from "./kind-names.ts";
import { kinds } from "./kinds.ts";
import { MappingSection } from "./mapping-section.tsx";
import type { OutboundModel } from "./outbound-model.ts";
import { type OutboundKey, t } from "./strings.ts";

/** Campaigns, and all that they call by. */
export function OutboundScreen({ model }: { model: OutboundModel }) {
	return (
		<Screen title={t("title")} lead={t("lead")}>
			{model.lists.map(({ kind, things }) => (
				<Section key={kind} title={t(kinds[kind].title)}>
					<Load from={things}>{(found) => <Rows kind={kind} things={found} />}</Load>
					<Add kind={kind} />
				</Section>
			))}
			{model.mapping && <MappingSection model={model.mapping} />}
		</Screen>
	);
}

function Rows({ kind, things }: { kind: KindName; things: readonly OutboundThing[] }) {
	if (things.length === 0) return <p class="ui-muted">{t("empty")}</p>;
	return (
		<ul class="rows">
			{things.map((thing) => (
				<li key={thing.id}>
					<div class="row-main">
						<a href={hrefOf({ screen: "outbound-thing", id: placeOf(kind, thing.id) })}>
							<bdi>{thing.name}</bdi>
						</a>
						{thing.size !== undefined && <span class="ui-muted">{t("size", { size: String(thing.size) })}</span>}
					</div>
					<div class="row-end">{kind === "campaigns" && <Status status={String(thing.campaignStatus)} />}</div>
				</li>
			))}
		</ul>
	);
}

export function Status({ status }: { status: string }) {
	const tone = status === "on" ? "good" : status === "invalid" ? "warn" : "info";
	return <Badge tone={tone}>{t(`status_${status}` as OutboundKey)}</Badge>;
}

function Add({ kind }: { kind: KindName }) {
	const lack = useLack(kinds[kind].add);
	if (lack) return null;
	return (
		<div class="form-actions">
			<Button icon="plus" onClick={() => goTo({ screen: "outbound-thing", id: placeOf(kind, "new") })}>
				{t(kinds[kind].fresh)}
			</Button>
		</div>
	);
}
