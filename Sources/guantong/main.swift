print("guantong")
