/**
 * By how much the resident memory of a process grows at its peak while something runs (Linux). The kernel keeps the peak
 * itself, so nothing between two samples is missed.
 */
import fs from 'node:fs';

const read = (pid, field) => {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) / 1024;
};

/** @returns what `run` gives, and the growth in MB above what it had when `run` began. */
export const growthDuring = async (pid, run) => {
  // 5 sets the peak back to what is resident now (proc_pid_clear_refs(5)).
  fs.writeFileSync(`/proc/${pid}/clear_refs`, '5');
  const before = read(pid, 'VmRSS');
  const result = await run();
  return { result, grownMb: read(pid, 'VmHWM') - before };
};
