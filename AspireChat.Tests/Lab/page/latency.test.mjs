import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LatencyByPath } from '../../../AspireChat.Gateway/wwwroot/lab/js/measure/latency-by-path.js';
import { LatencyHistogram } from '../../../AspireChat.Gateway/wwwroot/lab/js/measure/latency-histogram.js';
import { LedgerUnderTest } from './lab.mjs';

const isNear = (actual, expected) => assert.ok(Math.abs(actual - expected) <= expected * 0.05, `${actual} is not within 5% of ${expected}`);

test('percentiles are exact to 5%, whatever the scale', () => {
  for (const scale of [0.1, 1, 40, 1000]) {
    const histogram = new LatencyHistogram();
    for (let value = 1; value <= 100; value++) histogram.add(value * scale);
    isNear(histogram.percentile(50), 50 * scale);
    isNear(histogram.percentile(99), 99 * scale);
    isNear(histogram.percentile(100), 100 * scale);
  }
});

test('one slow delivery in a hundred moves p99 and not p50', () => {
  const histogram = new LatencyHistogram();
  for (let count = 0; count < 98; count++) histogram.add(2);
  histogram.add(900);
  histogram.add(900);
  isNear(histogram.percentile(50), 2);
  isNear(histogram.percentile(99), 900);
});

test('what was never measured has no percentile', () => {
  assert.equal(new LatencyHistogram().percentile(50), null);
});

test('the path is told by the instances of sender and receiver, and resumes are left out', () => {
  const latency = new LatencyByPath();
  const lab = new LedgerUnderTest({ fox: 'chat-1', elk: 'chat-1', owl: 'chat-2', bee: 'chat-3' }, [latency]);
  lab.leaves('bee').sends('fox', 'a', 100).receives('elk', 'a', 102, 1).receives('owl', 'a', 108, 1).joins('bee', 'chat-2', 5_000).receives('bee', 'a', 5_001, 1);

  const { same, across } = latency.summary();
  isNear(same.p99, 2);
  isNear(across.p99, 8);
});
