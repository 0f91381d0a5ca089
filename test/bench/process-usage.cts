import { readFileSync, writeFileSync } from 'node:fs';

const CLOCK_TICKS_PER_SECOND = 100;
const USER_TIME = 11;
const SYSTEM_TIME = 12;

/** The CPU time that a process has used up to now. From Linux' /proc. */
export function cpuMilliseconds(processId: number): number {
	const line = readFileSync(`/proc/${processId}/stat`, 'utf8');
	// The program's name is in brackets and may contain spaces.
	const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
	const ticks = Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME]);
	return (ticks * 1000) / CLOCK_TICKS_PER_SECOND;
}

/** Forgets how much memory a process has used at most. */
export function resetPeakMemory(processId: number): void {
	writeFileSync(`/proc/${processId}/clear_refs`, '5');
}

/** The most memory that a process has used since its start or the last reset, in megabytes. */
export function peakMemory(processId: number): number {
	return megabytes(processId, 'VmHWM');
}

/** The memory that a process uses, in megabytes. */
export function memory(processId: number): number {
	return megabytes(processId, 'VmRSS');
}

function megabytes(processId: number, name: string): number {
	const status = readFileSync(`/proc/${processId}/status`, 'utf8');
	const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1];
	if (kilobytes === undefined) throw new Error(`/proc tells no ${name} of process ${processId}`);
	return Math.round(Number(kilobytes) / 1024);
}
