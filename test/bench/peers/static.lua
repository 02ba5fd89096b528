-- One constant request: what the sink can take at most.
wrk.method = 'POST'
wrk.body = io.open(os.getenv('BENCH_TEMPLATE'), 'rb'):read('*a')
