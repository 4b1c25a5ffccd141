import "./page.css";
import { Button, locale, TextField } from "@inlay/ui";
import { useState } from "preact/hooks";
import { allow } from "../features/deployments/embed.ts";
import type { HostLog, HostMessage } from "./host-log.ts";
import { t } from "./strings.ts";

/** A CRM that has nothing but a panel: a script is tried in it before agents have it, and what it tells its page is shown. */
export function TestCrmPage({ panel, log }: { panel: URL; log: HostLog }) {
	const address = new URL(panel);
	// By this the script to start from knows which page it talks to.
	address.searchParams.set("crm_domain", location.origin);
	return (
		<div class="test-crm">
			<div class="test-crm-page ui-stack">
				<h1>{t("title")}</h1>
				<p class="ui-muted">{t("lead")}</p>
				<Dial log={log} />
				<Raw log={log} />
				<Messages log={log} />
			</div>
			<iframe
				class="test-crm-panel"
				title={t("panel")}
				src={address.href}
				allow={allow}
				referrerpolicy="origin"
				ref={(frame) => log.follow(frame?.contentWindow ?? null)}
			/>
		</div>
	);
}

/** As a click on a number of a record does. */
function Dial({ log }: { log: HostLog }) {
	const [number, setNumber] = useState("");
	return (
		<form
			class="test-crm-line"
			onSubmit={(event) => {
				event.preventDefault();
				if (number.trim() !== "") log.send({ type: "clickToDial", data: { number: number.trim(), autoPlace: true } });
			}}
		>
			<TextField label={t("number")} type="tel" value={number} onInput={setNumber} />
			<Button type="submit" icon="phone">
				{t("dial")}
			</Button>
		</form>
	);
}

/** Whatever else this CRM's page would post. */
function Raw({ log }: { log: HostLog }) {
	const [text, setText] = useState("");
	const [isWrong, setWrong] = useState(false);
	return (
		<form
			class="test-crm-line"
			onSubmit={(event) => {
				event.preventDefault();
				const message = objectIn(text);
				setWrong(message === undefined);
				if (message) log.send(message);
			}}
		>
			<TextField
				label={t("raw")}
				value={text}
				placeholder='{"type": "…", "data": {}}'
				error={isWrong ? t("rawProblem") : undefined}
				onInput={setText}
			/>
			<Button type="submit">{t("send")}</Button>
		</form>
	);
}

function objectIn(text: string): object | undefined {
	try {
		const found: unknown = JSON.parse(text);
		return typeof found === "object" && found !== null ? found : undefined;
	} catch {
		return undefined;
	}
}

function Messages({ log }: { log: HostLog }) {
	const messages = log.messages.value;
	return (
		<section class="ui-stack" aria-labelledby="messages">
			<div class="test-crm-line">
				<h2 id="messages">{t("messages")}</h2>
				{messages.length > 0 && (
					<Button size="small" onClick={() => log.clear()}>
						{t("clear")}
					</Button>
				)}
			</div>
			{messages.length === 0 && <p class="ui-muted">{t("none")}</p>}
			<ol class="test-crm-messages" aria-live="polite">
				{messages.map((one) => (
					<Message key={one.number} message={one} />
				))}
			</ol>
		</section>
	);
}

function Message({ message: { at, from, type, text } }: { message: HostMessage }) {
	return (
		<li data-from={from} data-type={type}>
			<details>
				<summary>
					{at.toLocaleTimeString(locale.value)} · {t(from)} · <bdi>{type || text.slice(0, 80)}</bdi>
				</summary>
				<pre>{text}</pre>
			</details>
		</li>
	);
}
