// Adds up what the test runners wrote (Common Test Report Format, ctrf.io), never what they printed.
//   results.mjs project FOLDER NAME STATUS FILTERS   shows one project's failures, keeps its sums
//   results.mjs total FOLDER PROJECTS                shows the skipped tests and the sums; status 1 if anything failed
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [mode, folder, ...rest] = process.argv.slice(2);

function project(name, status, filters) {
  const log = existsSync(join(folder, `${name}.log`)) ? readFileSync(join(folder, `${name}.log`), 'utf8') : '';
  const sums = { name, passed: 0, failed: 0, skipped: [], left: 0 };
  let tests = null;
  try {
    tests = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')).results.tests;
  } catch {
    // No result, or half of one: the runner did not finish.
  }
  for (const test of tests ?? []) {
    if (test.status === 'passed') sums.passed++;
    // What is for the long form only was not asked for.
    else if (test.status === 'pending' || test.rawStatus === 'NotRun') sums.left++;
    else if (test.status === 'skipped') sums.skipped.push({ name: test.name, reason: test.message ?? test.extra?.reason ?? 'no reason given' });
    else {
      sums.failed++;
      console.log(`FAILED ${test.name}\n${indent([test.message, test.trace].filter(Boolean).join('\n'))}\n`);
    }
  }
  const fault = tests === null ? `ended with status ${status} and left no result`
    : tests.length === 0 && filters === 0 ? 'ran no test'
    : status !== 0 && sums.failed === 0 && tests.length > 0 ? `ended with status ${status} though no test failed`
    : null;
  if (fault) {
    sums.failed++;
    console.log(`FAILED ${name} ${status === 124 ? 'ran out of time' : fault}; under way were:\n${indent(underWay(log).join('\n'))}\nThe end of what it printed:\n${indent(log.trimEnd().split('\n').slice(-40).join('\n'))}\n`);
  }
  writeFileSync(join(folder, `${name}.sums`), JSON.stringify(sums));
  console.error(`  ${name}: ${sums.passed} passed, ${sums.failed} failed, ${sums.skipped.length} skipped${sums.left > 0 ? `; ${sums.left} more by ./test --whole` : ''}`);
}

function total(projects) {
  const all = readdirSync(folder).filter((file) => file.endsWith('.sums')).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
  const skipped = all.flatMap((sums) => sums.skipped);
  for (const test of skipped) console.log(`skipped ${test.name}: ${test.reason}`);
  const passed = all.reduce((sum, sums) => sum + sums.passed, 0);
  const failed = all.reduce((sum, sums) => sum + sums.failed, 0) + (projects - all.length);
  console.log(`${passed} passed, ${failed} failed, ${skipped.length} skipped`);
  process.exitCode = failed === 0 && passed + skipped.length > 0 ? 0 : 1;
}

// Tests that the runner said had begun, and not that they had ended: one of them may have taken the process along.
function underWay(log) {
  const begun = new Set();
  for (const line of log.split('\n')) {
    const told = /^\s*(.*) \[(STARTING|FINISHED)\]/.exec(line);
    if (told) told[2] === 'STARTING' ? begun.add(told[1]) : begun.delete(told[1]);
  }
  return [...begun];
}

const indent = (text) => text.split('\n').map((line) => `  ${line}`).join('\n');

if (mode === 'project') project(rest[0], Number(rest[1]), Number(rest[2]));
else total(Number(rest[0]));
