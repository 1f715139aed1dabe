/* SPDX-License-Identifier: Apache-2.0
 *
 * check_prometheus - the answer to stat as metrics.
 */
#include "client/show/prometheus.h"

#include <check.h>
#include <stdlib.h>

static const struct {
    const char *rows[4];
    const char *printed;
} cases[] = {
    {{"  figure name=sessions value=3 sort=gauge unit=count help=\"x\""},
        "# HELP diptych_sessions sessions that are logged in\n"
        "# TYPE diptych_sessions gauge\n"
        "diptych_sessions 3\n"},
    {{"  figure name=logins-failed value=0"},
        "# HELP diptych_logins_failed_total logins that failed\n"
        "# TYPE diptych_logins_failed_total counter\n"
        "diptych_logins_failed_total 0\n"},
    {{"  figure name=input value=99"},
        "# HELP diptych_input_bytes_total bytes of requests\n"
        "# TYPE diptych_input_bytes_total counter\n"
        "diptych_input_bytes_total 99\n"},
    {{"  figure name=uptime value=7"},
        "# HELP diptych_uptime_seconds time since the start\n"
        "# TYPE diptych_uptime_seconds gauge\n"
        "diptych_uptime_seconds 7\n"},
    {{"  latency verb=show n=5 errors=1 unit=microseconds sum=1500000 p50=120 "
      "p99=910 most=2000",
         "  latency verb=on-error n=1 errors=0 sum=1 p50=1 p99=1 most=1"},
        "# HELP diptych_request_duration_seconds From taking a request up to "
        "its answer.\n"
        "# TYPE diptych_request_duration_seconds summary\n"
        "diptych_request_duration_seconds{verb=\"show\",quantile=\"0.5\"} "
        "0.000120\n"
        "diptych_request_duration_seconds{verb=\"show\",quantile=\"0.99\"} "
        "0.000910\n"
        "diptych_request_duration_seconds_sum{verb=\"show\"} 1.500000\n"
        "diptych_request_duration_seconds_count{verb=\"show\"} 5\n"
        "diptych_request_duration_seconds{verb=\"on-error\",quantile=\"0.5\"} "
        "0.000001\n"
        "diptych_request_duration_seconds{verb=\"on-error\",quantile=\"0.99\"} "
        "0.000001\n"
        "diptych_request_duration_seconds_sum{verb=\"on-error\"} 0.000001\n"
        "diptych_request_duration_seconds_count{verb=\"on-error\"} 1\n"
        "# HELP diptych_request_errors_total Requests answered with err.\n"
        "# TYPE diptych_request_errors_total counter\n"
        "diptych_request_errors_total{verb=\"show\"} 1\n"
        "diptych_request_errors_total{verb=\"on-error\"} 0\n"},
    {{"  commit of=changes n=2 unit=count sum=9 p50=4 p99=5 most=5"},
        "# HELP diptych_commit_changes Changes that shared a commit.\n"
        "# TYPE diptych_commit_changes summary\n"
        "diptych_commit_changes{quantile=\"0.5\"} 4\n"
        "diptych_commit_changes{quantile=\"0.99\"} 5\n"
        "diptych_commit_changes_sum 9\n"
        "diptych_commit_changes_count 2\n"},
    {{"  head seq=1044 chain=ab"},
        "# HELP diptych_head_seq The number of the team's last change.\n"
        "# TYPE diptych_head_seq gauge\n"
        "diptych_head_seq 1044\n"},
    {{"  figure name=unknown value=3", "  figure name=sessions",
         "  bid B-1 price=5", "  | text"},
        ""},
};

START_TEST(rows_become_metrics_with_help_type_and_base_units)
{
    struct rows rows = {0};
    struct text printed = {0};

    for (size_t i = 0; i < 4 && cases[_i].rows[i]; i++)
        rows_add(&rows, cases[_i].rows[i]);
    prometheus_print(&printed, &rows);
    ck_assert_str_eq(text_peek(&printed), cases[_i].printed);
    rows_fini(&rows);
    text_fini(&printed);
}
END_TEST

START_TEST(a_label_can_not_forge_a_line)
{
    struct rows rows = {0};
    struct text printed = {0};
    size_t lines = 0;

    rows_add(&rows, "  latency verb=\"a\\\"} 1\\nb\" n=1 errors=1");
    prometheus_print(&printed, &rows);
    for (const char *p = text_peek(&printed); *p; p++)
        lines += *p == '\n';
    ck_assert_uint_eq(lines, 2 + 4 + 2 + 1);
    rows_fini(&rows);
    text_fini(&printed);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("client/prometheus");
    TCase *at = tcase_create("prometheus");

    tcase_add_loop_test(at, rows_become_metrics_with_help_type_and_base_units,
        0, sizeof cases / sizeof *cases);
    tcase_add_test(at, a_label_can_not_forge_a_line);
    suite_add_tcase(suite, at);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
