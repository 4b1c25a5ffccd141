import "./parking.css";
import { Button, locale } from "@inlay/ui";
import { useEffect, useRef, useState } from "preact/hooks";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./strings.ts";
import { type Choice, choices, resumeTimeOf } from "./times.ts";

interface Props {
	workspace: Workspace;
	call: LiveInteraction;
}

/** Puts the interaction aside, or takes it up again. */
export function ParkingCard(props: Props) {
	return (
		<section aria-label={t("title")} data-parking={props.call.state}>
			{props.call.state === "parked" ? <Parked {...props} /> : <Park {...props} />}
		</section>
	);
}

function change({ workspace, call }: Props, body: { state: string; resumeTime?: string }): void {
	const { id, participantId, media } = call;
	const path = `/conversations/${media}s/${id}/participants/${participantId}/parkingstate`;
	void workspace.attempt(`parking.${id}`, () => workspace.session.api.request("PATCH", path, body));
}

function Parked(props: Props) {
	const { workspace, call } = props;
	const own = call.source.participants?.find(({ id }) => id === call.participantId);
	const part = (call.media === "email" ? own?.emails : own?.messages)?.at(-1) as { resumeTime?: string } | undefined;
	return (
		<div class="ui-stack">
			<p role="status">{t("until", { time: timeText(part?.resumeTime) })}</p>
			<Button
				kind="primary"
				icon="play"
				busy={workspace.busy.value.has(`parking.${call.id}`)}
				data-unpark
				onClick={() => change(props, { state: "unparked" })}
			>
				{t("resume")}
			</Button>
		</div>
	);
}

function Park(props: Props) {
	const { workspace, call } = props;
	const [isOpen, open] = useState(false);
	const own = useRef<HTMLFieldSetElement>(null);
	useEffect(() => own.current?.querySelector("button")?.focus(), [isOpen]);
	const isBusy = workspace.busy.value.has(`parking.${call.id}`);
	const parkFor = (choice: Choice) =>
		change(props, { state: "parked", resumeTime: resumeTimeOf(choice, new Date()).toISOString() });
	if (!isOpen)
		return (
			<Button size="small" icon="clock" data-park onClick={() => open(true)}>
				{t("park")}
			</Button>
		);
	return (
		<fieldset class="ui-stack parking-choices" ref={own}>
			<legend>{t("howLong")}</legend>
			{choices.map((choice) => (
				<Button key={choice} size="small" block busy={isBusy} data-park-for={choice} onClick={() => parkFor(choice)}>
					{t(choice)}
				</Button>
			))}
			<Button size="small" block onClick={() => open(false)}>
				{t("cancel")}
			</Button>
		</fieldset>
	);
}

function timeText(at: string | undefined): string {
	if (!at) return "";
	return new Intl.DateTimeFormat(locale.value, { dateStyle: "medium", timeStyle: "short" }).format(Date.parse(at));
}
