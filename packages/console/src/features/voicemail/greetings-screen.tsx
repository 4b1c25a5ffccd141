import { Badge, EmptyState, oneLine } from "@inlay/ui";
import { Pager, Search } from "../../shell/pager.tsx";
import { Load, Screen } from "../../shell/parts.tsx";
import { hrefOf } from "../../shell/router.ts";
import { useAddress } from "../../shell/use-address.ts";
import type { Greeting } from "./greeting-model.ts";
import { kindText, Sound } from "./greeting-section.tsx";
import { addressOf, type GreetingsModel, isHeard } from "./greetings-model.ts";
import { t } from "./strings.ts";

/** What callers of groups' and queues' mailboxes hear first. */
export function GreetingsScreen({ model: { greetings } }: { model: GreetingsModel }) {
	useAddress(greetings);
	const total = greetings.slice.value?.total ?? 0;
	return (
		<Screen title={t("greetings")} lead={t("greetingsLead")}>
			<div class="ui-stack">
				{(total > few || greetings.text.value !== "") && <Search list={greetings} label={t("searchGreetings")} />}
				<Load from={greetings.slice}>
					{({ entities }) =>
						entities.length === 0 ? (
							<NoGreeting text={greetings.text.value} />
						) : (
							<ul class="rows">
								{entities.map((one) => (
									<Row key={addressOf(one)} greeting={one} onStale={() => void greetings.reload()} />
								))}
							</ul>
						)
					}
				</Load>
				<Pager list={greetings} />
			</div>
		</Screen>
	);
}

const few = 10;

function Row({ greeting, onStale }: { greeting: Greeting; onStale: () => void }) {
	const { type, name, url } = greeting;
	return (
		<li>
			<div class="row-main">
				<a href={hrefOf({ screen: "greeting", id: addressOf(greeting) })}>
					<bdi>{name}</bdi>
				</a>
				<span class="ui-muted">{oneLine([t(type === "queue" ? "queue" : "group"), kindText(greeting)])}</span>
			</div>
			<div class="row-end">
				{!isHeard(greeting) && <Badge tone="warn">{t("unheard")}</Badge>}
				{url && <Sound src={url} label={t("greetingOf", { name })} onStale={onStale} />}
			</div>
		</li>
	);
}

function NoGreeting({ text }: { text: string }) {
	if (text !== "") return <p role="status">{t("noGreeting", { text })}</p>;
	return (
		<div class="ui-card">
			<EmptyState icon="inbox" title={t("greetingsEmptyTitle")}>
				<p>{t("greetingsEmptyText")}</p>
			</EmptyState>
		</div>
	);
}
