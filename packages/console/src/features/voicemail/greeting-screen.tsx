import { Banner } from "@inlay/ui";
import { Screen, Section } from "../../shell/parts.tsx";
import { hrefOf, type Route } from "../../shell/router.ts";
import type { Greeting, GreetingModel } from "./greeting-model.ts";
import { GreetingFields } from "./greeting-section.tsx";
import { isHeard } from "./greetings-model.ts";
import { t } from "./strings.ts";

/** One greeting: what callers hear, and when they do. */
export function GreetingScreen({ model }: { model: GreetingModel | undefined }) {
	const greeting = model?.loaded.value;
	return (
		<Screen
			title={greeting?.name ?? t("greeting")}
			back={{ to: { screen: "greetings" }, text: t("allGreetings") }}
			historyOf={greeting?.id}
		>
			{!model && <p role="status">{t("noSuchGreeting")}</p>}
			{greeting && <Where greeting={greeting} />}
			{model && (
				<Section title={t("greeting")}>
					<GreetingFields model={model} />
				</Section>
			)}
		</Screen>
	);
}

/** Whose mailbox says it, and whether anybody comes to hear it. */
function Where({ greeting }: { greeting: Greeting }) {
	const { type, id, name, mailboxesAnswer, takesMessages, takesOverflow } = greeting;
	const owner: Route = type === "queue" ? { screen: "queue", id } : { screen: "group", id };
	return (
		<Section title={t("whereHeard")}>
			{!isHeard(greeting) && <Banner tone="warn">{t(mailboxesAnswer ? "takesNoMessages" : "mailboxesAreOff")}</Banner>}
			<ul class="plain-list">
				<li>
					<a href={hrefOf(owner)}>{t(type === "queue" ? "ofQueue" : "ofGroup", { name })}</a>
					{takesMessages && <span class="ui-muted"> {t(type === "queue" ? "heardInQueue" : "heardInGroup")}</span>}
				</li>
				{takesOverflow && (
					<li>
						<a href={hrefOf({ screen: "voicemail" })}>{t("title")}</a>
						<span class="ui-muted"> {t("heardByOverflow")}</span>
					</li>
				)}
			</ul>
		</Section>
	);
}
